// Tells beside a long text how many characters are left, once it gets close. Everything works without it.
for (const feld of document.querySelectorAll("textarea[data-hoechstens]")) {
  const hoechstens = Number(feld.dataset.hoechstens);
  const stand = document.createElement("p");
  stand.className = "zeichenstand";
  stand.setAttribute("aria-live", "polite");
  feld.after(stand);
  const zeigen = () => {
    const frei = hoechstens - feld.value.trim().length;
    if (frei < 0) {
      stand.textContent = `${-frei} Zeichen zu viel`;
    } else {
      stand.textContent = frei <= hoechstens * 0.2 ? `noch ${frei} Zeichen` : "";
    }
  };
  feld.addEventListener("input", zeigen);
  zeigen();
}
