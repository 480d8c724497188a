/** Every text on the page whose contrast with its ground is below 4.5 : 1 (WCAG 2.2, 1.4.3). */
() => {
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colour = (css) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = css;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const { backgroundImage, backgroundColor } = getComputedStyle(at);
      if (backgroundImage.startsWith("linear")) return colour(backgroundImage.match(/rgb[^)]*\)/g).at(-1));
      if (colour(backgroundColor)[3] === 255) return colour(backgroundColor);
    }
    return [255, 255, 255, 255];
  };
  const poor = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const [node, text] = [walk.currentNode.parentElement, walk.currentNode.textContent.trim()];
    if (!text || node.closest("script, style, option, noscript, :disabled, .skip, .unseen, .point-key")) continue;
    if (!node.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(node);
    const ink = node.namespaceURI.endsWith("svg") ? style.fill : style.color;
    const [high, low] = [light(colour(ink)), light(ground(node))].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) poor.add(`${ratio.toFixed(2)} ${node.tagName} ${node.className} ${text.slice(0, 30)}`);
  }
  return [...poor];
};
