/** Emoji by category: "name char" pairs; a name may carry search words after a slash. */

export const CATEGORIES = {
  Smileys: `grinning 😀/happy smiley 😃 smile 😄 grin 😁 laughing 😆 sweat_smile 😅 joy 😂 rofl 🤣 slightly_smiling_face 🙂
    upside_down_face 🙃 wink 😉 blush 😊 innocent 😇 heart_eyes 😍/love star-struck 🤩 kissing_heart 😘 yum 😋
    stuck_out_tongue 😛 zany_face 🤪 hugging_face 🤗 face_with_hand_over_mouth 🤭 shushing_face 🤫 thinking_face 🤔
    zipper_mouth_face 🤐 neutral_face 😐 expressionless 😑 no_mouth 😶 smirk 😏 unamused 😒 face_with_rolling_eyes 🙄
    grimacing 😬 relieved 😌 pensive 😔 sleepy 😪 sleeping 😴 mask 😷 exploding_head 🤯 partying_face 🥳 sunglasses 😎
    nerd_face 🤓 face_with_monocle 🧐 confused 😕 worried 😟 slightly_frowning_face 🙁 open_mouth 😮 hushed 😯
    astonished 😲 flushed 😳 pleading_face 🥺 cry 😢 sob 😭 scream 😱 disappointed 😞 sweat 😓 weary 😩 yawning_face 🥱
    triumph 😤 rage 😡 angry 😠 skull 💀 ghost 👻 robot_face 🤖/bot melting_face 🫠 saluting_face 🫡`,
  "Gestures and people": `+1 👍/thumbsup/yes -1 👎/thumbsdown/no ok_hand 👌 v ✌️/victory crossed_fingers 🤞
    point_left 👈 point_right 👉 point_up 👆 point_down 👇 raised_hand ✋ wave 👋/hello muscle 💪 pray 🙏/thanks
    handshake 🤝 clap 👏 raised_hands 🙌 open_hands 👐 fist 👊 writing_hand ✍️ eyes 👀/look brain 🧠 speaking_head 🗣️
    bust_in_silhouette 👤 busts_in_silhouette 👥 technologist 🧑‍💻 facepalm 🤦 shrug 🤷 raising_hand 🙋 walking 🚶 runner 🏃
    baby 👶 dancer 💃 detective 🕵️ family 👪`,
  Nature: `dog 🐶 cat 🐱 mouse 🐭 fox_face 🦊 bear 🐻 panda_face 🐼 unicorn_face 🦄 bee 🐝 bug 🐛 butterfly 🦋 snail 🐌
    turtle 🐢 whale 🐳 octopus 🐙 penguin 🐧 owl 🦉 seedling 🌱 evergreen_tree 🌲 deciduous_tree 🌳 cactus 🌵 herb 🌿
    four_leaf_clover 🍀 potted_plant 🪴 maple_leaf 🍁 tulip 🌷 sunflower 🌻 rose 🌹 mushroom 🍄 sunny ☀️ cloud ☁️ rainbow 🌈
    snowflake ❄️ ocean 🌊 droplet 💧 fire 🔥/hot sparkles ✨ star ⭐ star2 🌟 crescent_moon 🌙 earth_africa 🌍 zap ⚡`,
  Food: `apple 🍎 lemon 🍋 banana 🍌 strawberry 🍓 tomato 🍅 avocado 🥑 carrot 🥕 bread 🍞 cheese_wedge 🧀 pizza 🍕
    hamburger 🍔 fries 🍟 taco 🌮 sushi 🍣 cookie 🍪 birthday 🎂 cake 🍰 doughnut 🍩 coffee ☕ tea 🍵 beer 🍺 wine_glass 🍷`,
  "Work and things": `ticket 🎫 pushpin 📌/pin round_pushpin 📍 paperclip 📎 memo 📝 pencil2 ✏️ clipboard 📋 date 📅 calendar 📆
    card_index 📇 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 file_folder 📁
    open_file_folder 📂 page_facing_up 📄 newspaper 📰 books 📚 book 📖 bookmark 🔖 label 🏷️ mag 🔍/search mag_right 🔎
    lock 🔒 unlock 🔓 key 🔑 hammer 🔨 wrench 🔧 gear ⚙️ hammer_and_wrench 🛠️ link 🔗 scales ⚖️ test_tube 🧪 microscope 🔬
    telescope 🔭 bulb 💡/idea flashlight 🔦 battery 🔋 computer 💻 keyboard ⌨️ desktop_computer 🖥️ iphone 📱
    telephone_receiver 📞 headphones 🎧 microphone 🎤 camera 📷 movie_camera 🎥 tv 📺 email 📧 envelope ✉️ inbox_tray 📥
    outbox_tray 📤 package 📦 mailbox 📫 loudspeaker 📢 mega 📣 bell 🔔 no_bell 🔕 hourglass ⌛
    hourglass_flowing_sand ⏳/wait stopwatch ⏱️ alarm_clock ⏰ moneybag 💰 dollar 💵 credit_card 💳 gem 💎 shield 🛡️
    bomb 💣 pill 💊 door 🚪 broom 🧹 dart 🎯/goal game_die 🎲 jigsaw 🧩 art 🎨 guitar 🎸 trophy 🏆 medal 🏅
    first_place_medal 🥇 tada 🎉/party confetti_ball 🎊 balloon 🎈 gift 🎁 rocket 🚀/ship airplane ✈️ car 🚗 bike 🚲
    ship 🚢 train 🚆 construction 🚧 house 🏠 office 🏢 factory 🏭 hospital 🏥 school 🏫 compass 🧭 world_map 🗺️
    triangular_ruler 📐 straight_ruler 📏 thread 🧵 spider_web 🕸️ magnet 🧲 seat 💺 umbrella ☂️`,
  Signs: `white_check_mark ✅/done heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌/no negative_squared_cross_mark ❎
    warning ⚠️ no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑 exclamation ❗ question ❓ grey_question ❔ interrobang ⁉️
    100 💯 triangular_flag_on_post 🚩/flag checkered_flag 🏁 white_flag 🏳️ rainbow-flag 🏳️‍🌈 heart ❤️/love orange_heart 🧡
    yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 black_heart 🖤 broken_heart 💔 heavy_plus_sign ➕
    heavy_minus_sign ➖ arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_upper_right ↗️ arrow_lower_right ↘️
    arrows_counterclockwise 🔄 repeat 🔁 rewind ⏪ fast_forward ⏩ arrow_forward ▶️ double_vertical_bar ⏸️
    black_square_for_stop ⏹️ red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢
    large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫ large_red_square 🟥 large_green_square 🟩
    small_blue_diamond 🔹 small_orange_diamond 🔸 small_red_triangle 🔺 small_red_triangle_down 🔻 information_source ℹ️
    new 🆕 ok 🆗 sos 🆘 free 🆓 cool 🆒 zzz 💤 speech_balloon 💬 thought_balloon 💭 recycle ♻️ infinity ♾️ one 1️⃣ two 2️⃣
    three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟 zero 0️⃣`,
};

export const ALIASES = {
  thumbsup: "+1",
  thumbsdown: "-1",
  heavy_multiplication_x: "x",
  red_heart: "heart",
  hankey: "x",
  thinking: "thinking_face",
  robot: "robot_face",
  plus1: "+1",
  hugs: "hugging_face",
  satisfied: "laughing",
  check: "white_check_mark",
  flag: "triangular_flag_on_post",
  admission_tickets: "ticket",
  e_mail: "email",
  facepunch: "fist",
  collision: "boom",
  roll_eyes: "face_with_rolling_eyes",
  open_book: "book",
  green_circle: "large_green_circle",
  yellow_circle: "large_yellow_circle",
  blue_circle: "large_blue_circle",
  lightning: "zap",
};

/** Those that take a skin tone. */
export const TONED = new Set(
  `+1 -1 ok_hand v crossed_fingers point_left point_right point_up point_down raised_hand wave muscle
  pray clap raised_hands open_hands fist writing_hand technologist facepalm shrug raising_hand walking runner baby dancer
  detective`.split(/\s+/),
);

export const TONES = {
  "skin-tone-2": "🏻",
  "skin-tone-3": "🏼",
  "skin-tone-4": "🏽",
  "skin-tone-5": "🏾",
  "skin-tone-6": "🏿",
};
