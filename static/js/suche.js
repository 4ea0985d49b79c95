// Beside a list that filters while somebody types: says politely how many hits there are, or that it did not work.
const meldung = document.createElement("p");
meldung.className = "kern-sr-only";
meldung.setAttribute("role", "status");
document.querySelector("main").append(meldung);

document.addEventListener("htmx:afterSwap", () => {
  meldung.textContent = document.querySelector("[data-fund]")?.textContent ?? "";
});
for (const fehler of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(fehler, () => {
    const satz = "Die Liste ließ sich gerade nicht erneuern. Bitte versuchen Sie es mit der Schaltfläche noch einmal.";
    meldung.textContent = satz;
    const fund = document.querySelector("[data-fund]");
    if (fund) fund.textContent = satz;
  });
}

// What somebody typed before these scripts were there counts too.
document.addEventListener("DOMContentLoaded", () => {
  for (const formular of document.querySelectorAll("form[hx-get]")) {
    const getippt = [...formular.querySelectorAll("[type=text]")].some((feld) => feld.value !== feld.defaultValue);
    if (getippt) htmx.trigger(formular, "nachholen");
  }
});
