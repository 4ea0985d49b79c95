// Warns two minutes before the sign-in ends and lets people stay. Everything works without it.
(function () {
  "use strict";

  const dialog = document.getElementById("ablauf");
  if (!dialog || !dialog.showModal) return;
  const VORHER = 120;
  const titel = dialog.querySelector("h2");
  const text = dialog.querySelector("#ablauf-text");
  const uhr = dialog.querySelector("[data-uhr]");
  const ansage = dialog.querySelector("[data-ansage]");
  const bleiben = dialog.querySelector("[data-bleiben]");
  const worte = text.textContent;
  const frage = titel.textContent;
  const endgueltig = dialog.hasAttribute("data-endgueltig"); // twelve hours: the words already say so
  const andere = "BroadcastChannel" in window ? new BroadcastChannel("anmeldung") : null;
  let ende = 0;
  let gewarnt = false;
  let gesagt = "";

  // The clock of the server counts; this one only measures how long ago the page came.
  function laeuftNoch(sekunden) {
    ende = Date.now() + sekunden * 1000;
    gewarnt = false;
    gesagt = "";
    titel.textContent = frage;
    text.textContent = worte;
    bleiben.hidden = endgueltig;
    uhr.parentElement.hidden = false;
    if (dialog.open) dialog.close();
  }

  function sagen(satz) {
    if (satz !== gesagt) ansage.textContent = gesagt = satz;
  }

  function abgelaufen() {
    titel.textContent = "Ihre Anmeldung ist abgelaufen";
    text.textContent =
      "Was Sie getippt haben, steht noch hier. Schicken Sie das Formular wie gewohnt ab: Sie melden sich dann neu an " +
      "und finden Ihre Eingaben darin wieder.";
    bleiben.hidden = true;
    uhr.parentElement.hidden = true;
    sagen("Ihre Anmeldung ist abgelaufen.");
    ende = 0;
    if (dialog.open) dialog.querySelector("[data-zu]").focus();
  }

  // The longest day is over: staying is not possible, finishing the sentence is.
  function nichtMehr() {
    text.textContent =
      "Nach zwölf Stunden endet jede Anmeldung. Melden Sie sich danach neu an; was Sie getippt haben, geht nicht verloren.";
    bleiben.hidden = true;
    dialog.querySelector("[data-zu]").focus();
  }

  function schauen() {
    if (!ende) return;
    const rest = Math.ceil((ende - Date.now()) / 1000);
    if (rest > VORHER) return;
    if (!gewarnt) {
      gewarnt = true;
      dialog.showModal();
      (endgueltig ? dialog.querySelector("[data-zu]") : bleiben).focus();
    }
    if (rest <= 0) {
      abgelaufen();
      return;
    }
    uhr.textContent = `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
    if (rest <= 20) sagen("Noch 20 Sekunden.");
    else if (rest <= 60) sagen("Noch eine Minute.");
  }

  // It lasts longer now, in every tab; or the longest day is nearly over.
  function verlaengert(sekunden) {
    if (sekunden <= VORHER) return false;
    laeuftNoch(sekunden);
    if (andere) andere.postMessage(sekunden);
    return true;
  }

  dialog.querySelector("[data-zu]").addEventListener("click", () => dialog.close());
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    fetch(event.target.action, { method: "POST", body: new FormData(event.target), redirect: "error" })
      .then((antwort) => antwort.json())
      .then((stand) => {
        if (!verlaengert(stand.sekunden)) nichtMehr();
      })
      .catch(abgelaufen);
  });

  // A part of the page that was fetched anew has extended it too; the answer says how long it lasts.
  document.addEventListener("htmx:afterRequest", (event) => {
    verlaengert(Number(event.detail.xhr.getResponseHeader("X-Session-Expires-In")));
  });

  laeuftNoch(Number(dialog.dataset.bis) - Number(dialog.dataset.jetzt));
  if (andere) {
    andere.addEventListener("message", (event) => laeuftNoch(event.data));
    andere.postMessage((ende - Date.now()) / 1000);
  }
  window.setInterval(schauen, 1000);
  document.addEventListener("visibilitychange", schauen);
})();
