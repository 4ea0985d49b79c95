// Saves a section of a draft one second after the last change and says so. Everything works without it; nothing is kept
// in the browser.
(function () {
  "use strict";

  const form = document.querySelector("form[hx-trigger=sichern]");
  if (!form || !window.htmx || !window.crypto || !crypto.randomUUID) return;
  const stand = form.querySelector("[data-sicherung]");
  const oben = document.querySelector("[data-sicherung-oben]");
  const EIGENE = ["csrfmiddlewaretoken", "wessen", "version", "gesehen", "sicherung", "davor", "datei"];
  const HIER = "Ihre Worte stehen noch hier.";
  const eingesetzt = document.querySelector("input[name=seite], form[data-ungesichert]"); // words that are not stored yet
  let gespeichert = eingesetzt || getippt() ? null : was();
  let unterwegs = null; // what the running save has sent
  let warten = 1000;
  let uhr = 0;
  let halt = form.hasAttribute("data-konflikt"); // somebody else changed it, or it went on: only a person decides now
  let geht = false;

  // On a slow line somebody types before this script is there; a browser that goes back puts old words in again.
  function getippt() {
    return [...form.elements].some((feld) => {
      if (!feld.name || EIGENE.includes(feld.name) || ["hidden", "file", "submit", "button"].includes(feld.type)) return false;
      if (["checkbox", "radio"].includes(feld.type)) return feld.checked !== feld.defaultChecked;
      if (!feld.options) return feld.value !== feld.defaultValue;
      if (feld.multiple) return [...feld.options].some((wahl) => wahl.selected !== wahl.defaultSelected);
      return feld.selectedIndex !== Math.max(0, [...feld.options].findIndex((wahl) => wahl.defaultSelected));
    });
  }

  function was() {
    const paare = [...new FormData(form)].filter(([name]) => !EIGENE.includes(name));
    return JSON.stringify(paare);
  }

  function sagen(text, offen, link) {
    for (const zeile of [stand, oben]) {
      zeile.toggleAttribute("data-offen", Boolean(offen));
      if (zeile.textContent === text && !link) continue;
      zeile.textContent = text;
      if (link && zeile === stand) {
        const weg = document.createElement("a");
        Object.assign(weg, { href: link, target: "_blank", textContent: "Neu anmelden", rel: "noopener" });
        zeile.append(" ", weg);
      }
    }
  }

  function planen(nach) {
    window.clearTimeout(uhr);
    if (!halt) uhr = window.setTimeout(sichern, nach);
  }

  // Every attempt has a key of its own and names those that were never answered: the server knows its own saves again.
  function neuerSchluessel() {
    const davor = form.elements.davor;
    davor.value = [...davor.value.split(",").filter(Boolean).slice(-40), form.elements.sicherung.value].join(",");
    form.elements.sicherung.value = crypto.randomUUID();
  }

  function sichern() {
    if (halt || geht || unterwegs !== null) return;
    if (was() === gespeichert) return;
    unterwegs = was();
    neuerSchluessel();
    htmx.trigger(form, "sichern");
  }

  function spaeter(grund) {
    warten = Math.min(Math.max(warten, 2500) * 2, 30000);
    sagen(`Nicht gespeichert: ${grund} Wir versuchen es weiter; ${HIER}`, true);
    planen(warten);
  }

  function anhalten(satz, link) {
    halt = true;
    sagen(satz, true, link);
  }

  // The page was answered by another one: signed out, a token that counts no more, or the case went on.
  function erneuern() {
    fetch(location.pathname, { headers: { Accept: "text/html" } })
      .then((antwort) => antwort.text().then((html) => [antwort, html]))
      .then(([antwort, html]) => {
        const seite = new DOMParser().parseFromString(html, "text/html");
        const neu = seite.querySelector("form[hx-trigger=sichern]");
        if (new URL(antwort.url).pathname === new URL(form.dataset.anmelden, location).pathname) {
          anhalten(`Nicht gespeichert: Ihre Anmeldung ist zu Ende. ${HIER}`, form.dataset.anmelden);
        } else if (!neu) {
          anhalten(`Nicht gespeichert: Der Antrag ist inzwischen weitergegangen. ${HIER} Bitte kopieren Sie sie.`);
        } else if (neu.elements.wessen?.value !== form.elements.wessen?.value) {
          anhalten(`Nicht gespeichert: Angemeldet ist jetzt jemand anderes. ${HIER}`);
        } else {
          form.elements.csrfmiddlewaretoken.value = neu.elements.csrfmiddlewaretoken.value;
          halt = false;
          planen(500);
        }
      })
      .catch(() => spaeter("keine Verbindung."));
  }

  function fehlerZeigen(teil) {
    document.querySelectorAll(".sicherung__fehler").forEach((alt) => alt.remove());
    for (const fehler of teil.querySelectorAll("[data-feld]")) {
      const feld = document.getElementById(fehler.dataset.feld);
      if (!feld) continue;
      const zeile = document.createElement("p");
      zeile.className = "kern-error sicherung__fehler";
      zeile.textContent = fehler.textContent;
      feld.after(zeile);
    }
  }

  form.addEventListener("htmx:beforeSend", () => sagen("Wird gespeichert …"));
  form.addEventListener("htmx:beforeOnLoad", (event) => {
    const antwort = event.detail.xhr;
    const gesendet = unterwegs;
    const teil = new DOMParser().parseFromString(antwort.responseText, "text/html");
    const ergebnis = antwort.status === 200 && teil.querySelector("[data-ergebnis]");
    if (!ergebnis) {
      event.preventDefault();
      unterwegs = null;
      if (antwort.status === 503) spaeter("Gerade sind viele gleichzeitig hier.");
      else if (antwort.status >= 500) spaeter("Das Portal antwortet gerade nicht.");
      else if (antwort.status === 409)
        anhalten(`Nicht gespeichert: Der Antrag ist inzwischen weitergegangen. ${HIER} Bitte kopieren Sie sie.`);
      else erneuern();
      return;
    }
    unterwegs = null;
    warten = 1000;
    if (ergebnis.dataset.ergebnis === "konflikt") {
      anhalten(ergebnis.textContent);
      return;
    }
    fehlerZeigen(teil);
    const ganz = ergebnis.dataset.ergebnis === "gespeichert";
    if (ganz) gespeichert = gesendet;
    sagen(ergebnis.textContent, !ganz);
    if (was() !== gesendet) planen(1000);
  });
  for (const art of ["htmx:sendError", "htmx:timeout", "htmx:sendAbort"]) {
    form.addEventListener(art, () => {
      unterwegs = null;
      spaeter("keine Verbindung.");
    });
  }

  for (const art of ["input", "change"]) {
    form.addEventListener(art, () => {
      if (was() !== gespeichert) planen(1000);
    });
  }
  // The network is back, the laptop woke up, or somebody comes back from signing in.
  function weiter() {
    if (document.hidden || was() === gespeichert || geht) return;
    if (halt && stand.querySelector("a")) erneuern();
    else planen(300);
  }
  window.addEventListener("online", weiter);
  window.addEventListener("focus", weiter);
  document.addEventListener("visibilitychange", weiter);
  window.addEventListener("pageshow", () => {
    geht = false;
  });

  form.addEventListener("submit", () => {
    geht = true;
    window.clearTimeout(uhr);
    neuerSchluessel();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!geht && was() !== gespeichert) event.preventDefault();
  });
  if (!eingesetzt && gespeichert === null) planen(1000);
})();
