"""The words that name columns in support logs, in the languages such logs come in."""

import re


def words(header: str) -> tuple[str, ...]:
    """A header as lower-case words: "createdAt", "Created at" and "created_at" are one."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)
    return tuple(re.findall(r"[^\W_]+", spaced.casefold()))


def key(header: str) -> str:
    return " ".join(words(header))


def _keys(text: str) -> list[str]:
    return [key(entry) for entry in text.split(",")]


def _set(text: str) -> frozenset[str]:
    return frozenset(_keys(text))


# Best first: where two columns of equal weight hold text, the earlier word wins.
MESSAGE = _keys(
    "message,body,description,text,content,description text,plain body,message body,body text,"
    "message text,ticket description,narrative,consumer complaint narrative,inquiry,enquiry,"
    "nachricht,beschreibung,anfrage,inhalt,anliegen,mensaje,descripción,descripcion,contenido,consulta,"
    "texte,contenu,demande,mensagem,descrição,descricao,conteúdo,messaggio,descrizione,testo,contenuto,"
    "bericht,omschrijving,beschrijving,tekst,inhoud,wiadomość,treść,opis,meddelande,beskrivning,besked,"
    "beskrivelse,melding,viesti,kuvaus,zpráva,popis,mesaj,açıklama,içerik,сообщение,текст,описание,"
    "повідомлення,メッセージ,本文,内容,説明,消息,留言,描述,訊息,메시지,내용,الرسالة,النص,הודעה,תוכן,"
    "transcript,conversation,complaint,feedback,review,review text,verbatim,utterance,query,question,"
    "request,issue,comment,comments,comment text,remark,remarks,answer,response,details,"
    "kommentar,rückmeldung,comentario,comentarios,commentaire,avis,comentário,commento,opmerking,uwagi,"
    "комментарий,вопрос,コメント,评论,댓글"
)
# Where several are present, a strong word beats a weak one whatever the columns hold.
STRONG = frozenset(MESSAGE[: MESSAGE.index("transcript")])
# A message word beside one of these is about the message, not the message.
NOT_MESSAGE = _set(
    "id,ids,type,count,date,at,time,timestamp,author,sender,from,to,status,state,lang,language,length,size,"
    "sentiment,category,url,link,number,no,key,name,email,score,rating,source,channel,format,"
    "encoding,version,"
    "response,code,html,original,internal,private,agent,hash"
)
SUBJECT = _set(
    "subject,title,ticket subject,ticket name,summary,headline,email subject,betreff,titel,asunto,"
    "título,titulo,"
    "objet,sujet,titre,assunto,oggetto,titolo,onderwerp,temat,tytuł,ämne,emne,aihe,předmět,konu,"
    "başlık,тема,"
    "заголовок,件名,タイトル,标题,主题,主旨,제목"
)
ID = _keys(
    "ticket id,issue key,case id,case number,conversation id,complaint id,message id,request id,"
    "ticket number,"
    "ticket,ticket no,record id,row id,interaction id,review id,comment id,id,key,number,case,uuid,"
    "guid,no,nr,"
    "ticketnummer,nummer,número,numéro,numero,номер,番号,编号,번호"
)
CREATED = _keys(
    "created at,created,created date,create date,created time,created on,creation date,createdate,"
    "date created,"
    "time created,opened at,opened,open date,date opened,submitted at,submitted,submission date,"
    "date submitted,received at,received,date received,sent at,sent,date sent,reported at,"
    "message created at,"
    "posted at,started at,timestamp,date,datetime,date time,time,when,ts,day,erstellt,erstellt am,datum,"
    "erstelldatum,eingang,eingangsdatum,zeitpunkt,fecha,fecha de creación,creado,creado el,"
    "date de création,"
    "créé le,data,data de criação,criado em,data creazione,creato il,aangemaakt,aangemaakt op,utworzono,"
    "data utworzenia,skapad,oprettet,opprettet,luotu,vytvořeno,datum vytvoření,tarih,oluşturulma,"
    "дата,создано,"
    "дата создания,作成日,作成日時,日付,日時,创建时间,日期,时间,建立時間,생성일,날짜,التاريخ,תאריך"
)
REQUESTER = _keys(
    "requester email,customer email,user email,contact email,author email,from email,sender email,"
    "email,e mail,"
    "email address,from,sender,reporter id,requester id,customer id,user id,contact id,author id,client id,"
    "account id,member id,requester,customer,user,contact,reporter,author,client,customer name,"
    "requester name,"
    "name,full name,kunde,kundennummer,absender,cliente,client,usuario,klant,klient,клиент,顧客,客户,고객"
)
_PERSON = _set(
    "requester,customer,user,contact,reporter,author,client,sender,submitter,assignee,agent,creator,owner,"
    "responder,recipient,kunde,absender,bearbeiter,cliente,usuario,klant,klient,клиент,顧客,客户,고객,from,to,cc,"
    "collaborators,watchers,lead,member,person,username"
)
_NAME_WORDS = _set(
    "name,firstname,lastname,fullname,surname,forename,vorname,nachname,nombre,apellido,apellidos,"
    "nom,prénom,nome,"
    "cognome,sobrenome,voornaam,achternaam,imię,nazwisko,имя,фамилия,氏名,名前,姓名,이름"
)
_NOT_A_PERSONS_NAME = _set(
    "ticket,product,company,organization,organisation,file,project,group,team,brand,form,field,"
    "queue,plan,app,"
    "mailbox,pipeline,campaign,event,feature,category,status,tag,host,domain,sla"
)
_MAIL_WORDS = _set("email,emails,mail,correo,courriel,メール,邮箱,이메일")
_PHONE_WORDS = _set(
    "phone,mobile,telephone,tel,fax,cell,telefon,handy,teléfono,telefono,téléphone,telefone,whatsapp"
)
_OTHER_PERSONAL = _set(
    "address,street,city,zip,postcode,postal,ip,iban,ssn,birthday,birthdate,dob,passport,card,iban,account,"
    "adresse,anschrift,plz,strasse,straße,dirección,endereço,indirizzo,latitude,longitude,password,"
    "token,url,"
    "avatar,photo,signature,device,location"
)
_NOT_PERSONAL_TAIL = _set(
    "id,type,count,role,language,locale,tier,plan,segment,status,since,companies,domain,domains"
)
SEGMENT = _set(
    "product,product area,area,category,subcategory,sub category,plan,tier,channel,via,source,"
    "language,lang,locale,"
    "status,state,priority,severity,urgency,tags,tag,labels,label,country,region,type,ticket type,"
    "issue type,kind,"
    "group,team,brand,platform,os,version,segment,domain,department,topic,reason,module,component,"
    "components,"
    "feature,queue,sub product,sub issue,company,organization,industry,intent,produkt,kategorie,"
    "kanal,sprache,land,"
    "priorität,producto,categoría,canal,idioma,país,prioridad,produit,catégorie,pays,langue,"
    "priorité,prodotto,"
    "categoria,paese,lingua,via channel,pipeline,ticket status,request type,app name,subscription,market"
)
NULLISH = _set("null,none,nan,n a,na,nil,unknown,undefined,empty,-,anonymous,redacted,deleted user,test")
_TIME_WORDS = _set(
    "at,date,time,timestamp,on,minutes,hours,seconds,days,due,updated,solved,closed,synced,datum,fecha"
)


def personal(header: str) -> str:
    """ "name", "email", "phone" or "other" for a column of personal data, else empty."""
    tokens = words(header)
    found = set(tokens)
    if found & _MAIL_WORDS or tokens[-2:] == ("e", "mail") or "email" in key(header).replace(" ", ""):
        return "email" if not found & {"subject", "body", "id", "status", "type"} else ""
    if found & _PHONE_WORDS:
        return "phone"
    if tokens and tokens[-1] in _NOT_PERSONAL_TAIL:
        return ""
    if found & _NAME_WORDS and not found & (_NOT_A_PERSONS_NAME | SEGMENT):
        return "name"
    if tokens and tokens[-1] in _PERSON:
        return "name"
    return "other" if found & _OTHER_PERSONAL else ""


def about_time(header: str) -> bool:
    return bool(set(words(header)) & _TIME_WORDS)
