// Tells beside a long text how many characters are left, once it gets close. Everything works without it.
// Counts as the server does (schulerfolg/eingabe.py): line breaks once, emoji as characters, nothing nobody sees.
const UNSICHTBAR = /[\u034f\u180b-\u180d\u180f\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;
const laenge = (text) => {
  const zeilen = text.replace(/\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]/g, "\n").normalize("NFC");
  const sichtbar = zeilen.replace(UNSICHTBAR, "").replace(/[\u2800\u3164\u115f\u1160\uffa0]/g, " ");
  const ohne = sichtbar.replace(/[\p{Cf}\p{Cc}\p{Co}]/gu, (zeichen) => ("\n\t\uf0b7\uf0a7\uf02d".includes(zeichen) ? zeichen : ""));
  return [...ohne.trim()].length;
};
for (const feld of document.querySelectorAll("[data-hoechstens]")) {
  const hoechstens = Number(feld.dataset.hoechstens);
  const stand = document.createElement("p");
  stand.className = "zeichenstand";
  stand.setAttribute("aria-live", "polite");
  feld.after(stand);
  const zeigen = () => {
    const frei = hoechstens - laenge(feld.value);
    if (frei < 0) {
      stand.textContent = `${-frei} Zeichen zu viel`;
    } else {
      stand.textContent = frei <= hoechstens * 0.2 ? `noch ${frei} Zeichen` : "";
    }
  };
  feld.addEventListener("input", zeigen);
  zeigen();
}
