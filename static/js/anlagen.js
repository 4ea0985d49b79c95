// Several files, sent one after the other, each with its kind, its progress, a way to stop and a way to try again.
// Everything works without it: then one file goes with the form.
(function () {
  "use strict";

  const ort = document.querySelector("[data-hochladen]");
  const form = ort?.closest("form");
  const wahl = form?.elements.datei;
  if (!wahl || !window.crypto || !crypto.randomUUID) return;
  const liste = ort.querySelector("[data-auswahl]");
  const stand = ort.querySelector("[data-hochladestand]");
  const vorlage = ort.querySelector("[data-zeile]");
  const HOECHSTENS = 10 * 1024 * 1024;
  const zeilen = []; // what was chosen and has not arrived yet
  let unterwegs = null;

  wahl.multiple = true;
  ort.querySelector(`label[for=${wahl.id}]`).textContent = "Dateien";
  ort.querySelector("[data-mehrere]").textContent = "Sie können mehrere auf einmal auswählen.";
  document.getElementById(`div_${form.elements.art.id}`).hidden = true;

  const sagen = (text, offen) => {
    stand.textContent = text;
    stand.toggleAttribute("data-offen", Boolean(offen));
  };
  const groesse = (bytes) => `${Math.max(0.1, bytes / 1024 / 1024).toLocaleString("de", { maximumFractionDigits: 1 })} MB`;

  // A kind that the name says; else the next one the region asks for that nobody chose yet.
  function raten(name) {
    const klein = name.toLowerCase().normalize("NFC").replace(/ü/g, "ue").replace(/ö/g, "oe").replace(/ä/g, "ae");
    const arten = [...form.elements.art.options].map((art) => art.value).filter(Boolean);
    const vergeben = zeilen.map((zeile) => zeile.art.value);
    const offen = ort.dataset.verlangt.split(" ").filter((art) => art && !vergeben.includes(art));
    return arten.find((art) => klein.includes(art)) || offen[0] || "";
  }

  function aufnehmen(datei) {
    const element = vorlage.content.firstElementChild.cloneNode(true);
    const teil = (name) => element.querySelector(`[data-${name}]`);
    const art = form.elements.art.cloneNode(true);
    const nummer = crypto.randomUUID();
    art.removeAttribute("name");
    art.removeAttribute("aria-describedby");
    art.removeAttribute("aria-invalid");
    art.id = `art_${nummer}`;
    const beschriftung = teil("art").querySelector("label");
    beschriftung.htmlFor = art.id;
    teil("art").querySelector("div").append(art);
    teil("name").id = `datei_${nummer}`;
    teil("name").textContent = datei.name;
    teil("stand").textContent = groesse(datei.size);
    for (const knopf of element.querySelectorAll("button")) knopf.setAttribute("aria-describedby", teil("name").id);
    art.setAttribute("aria-describedby", teil("name").id);
    element.querySelector("progress").setAttribute("aria-label", `${datei.name} wird hochgeladen`);
    const zeile = { datei, element, art, teil, schluessel: nummer, balken: element.querySelector("progress") };
    art.value = raten(datei.name);
    art.addEventListener("change", () => (zeile.schluessel = crypto.randomUUID()));
    teil("weg").addEventListener("click", () => (unterwegs === zeile ? zeile.anfrage.abort() : entfernen(zeile)));
    teil("noch").addEventListener("click", () => {
      teil("weg").focus();
      erneuern().then(() => losschicken([zeile]));
    });
    zeilen.push(zeile);
    liste.append(element);
    liste.hidden = false;
    if (datei.size > HOECHSTENS) scheitern(zeile, `„${datei.name}“ ist größer als 10 MB. Bitte verkleinern Sie die Datei.`, true);
  }

  function entfernen(zeile) {
    const hatte = zeile.element.contains(document.activeElement);
    zeilen.splice(zeilen.indexOf(zeile), 1);
    zeile.element.remove();
    liste.hidden = zeilen.length === 0;
    if (hatte) wahl.focus();
  }

  function scheitern(zeile, satz, endgueltig) {
    zeile.fehler = satz;
    zeile.endgueltig = Boolean(endgueltig);
    zeile.teil("stand").textContent = satz;
    zeile.teil("stand").className = "kern-error";
    zeile.teil("noch").hidden = zeile.endgueltig;
    zeile.teil("weg").textContent = "Nicht hochladen";
    zeile.teil("fortschritt").hidden = true;
    zeile.art.disabled = false;
    zeile.teil("art").hidden = zeile.endgueltig;
    sagen(satz, true);
  }

  // The token of the form may be older than the sign-in; a second try asks the page for it anew.
  async function erneuern() {
    try {
      const antwort = await fetch(location.pathname, { headers: { Accept: "text/html" } });
      const seite = new DOMParser().parseFromString(await antwort.text(), "text/html");
      const neu = seite.querySelector("[data-hochladen]")?.closest("form");
      if (neu) form.elements.csrfmiddlewaretoken.value = neu.elements.csrfmiddlewaretoken.value;
    } catch {
      // No connection: the try itself says so.
    }
  }

  function senden(zeile) {
    const daten = new FormData();
    for (const name of ["csrfmiddlewaretoken", "wessen"]) {
      if (form.elements[name]) daten.append(name, form.elements[name].value);
    }
    daten.append("schluessel", zeile.schluessel);
    daten.append("art", zeile.art.value);
    daten.append("datei", zeile.datei);
    const anfrage = (zeile.anfrage = new XMLHttpRequest());
    unterwegs = zeile;
    zeile.fehler = "";
    zeile.art.disabled = true;
    zeile.balken.value = 0;
    zeile.teil("stand").className = "leise klein";
    zeile.teil("stand").textContent = "wird hochgeladen";
    zeile.teil("fortschritt").hidden = false;
    zeile.teil("noch").hidden = true;
    zeile.teil("weg").textContent = "Abbrechen";
    return new Promise((fertig) => {
      anfrage.upload.addEventListener("progress", (event) => {
        if (!event.lengthComputable) return;
        const prozent = Math.floor((event.loaded / event.total) * 100);
        zeile.balken.value = prozent;
        zeile.teil("stand").textContent = prozent < 100 ? `${prozent} Prozent` : "wird geprüft";
      });
      anfrage.addEventListener("load", () => angekommen(zeile, anfrage));
      anfrage.addEventListener("abort", () => scheitern(zeile, `„${zeile.datei.name}“ wurde nicht hochgeladen.`));
      anfrage.addEventListener("error", () =>
        scheitern(zeile, `„${zeile.datei.name}“ ist noch nicht angekommen: Die Verbindung ist abgebrochen.`),
      );
      anfrage.addEventListener("loadend", () => {
        unterwegs = null;
        fertig();
      });
      anfrage.open("POST", ort.dataset.hochladen);
      anfrage.send(daten);
    });
  }

  function angekommen(zeile, anfrage) {
    const seite = new DOMParser().parseFromString(anfrage.responseText, "text/html");
    const neu = anfrage.status === 200 && seite.querySelector("[data-anlagen]");
    const saetze = [...seite.querySelectorAll("[data-ablehnung]")].map((satz) => satz.textContent);
    const anmelden = new URL(form.dataset.anmelden, location).pathname;
    const name = `„${zeile.datei.name}“ ist noch nicht angekommen`;
    if (neu) {
      zeigen(neu);
      entfernen(zeile);
    } else if (saetze.length) scheitern(zeile, saetze.join(" "));
    else if (anfrage.status === 503) scheitern(zeile, `${name}: Gerade sind viele gleichzeitig hier.`);
    else if (anfrage.status === 413) scheitern(zeile, `„${zeile.datei.name}“ ist zu groß. Bitte verkleinern Sie die Datei.`, true);
    else if (anfrage.status === 403 || new URL(anfrage.responseURL || location).pathname === anmelden)
      scheitern(zeile, `${name}: Ihre Anmeldung ist zu Ende. Bitte melden Sie sich in einem zweiten Fenster neu an.`);
    else if (anfrage.status < 500) scheitern(zeile, `${name}: Der Antrag ist inzwischen weitergegangen.`, true);
    else scheitern(zeile, `${name}, und es liegt an uns. Bitte versuchen Sie es in ein paar Minuten noch einmal.`);
  }

  // The list as the server shows it now; whoever stood on one of its buttons stands there again.
  function zeigen(neu) {
    const alt = document.querySelector("[data-anlagen]");
    const wo = alt.contains(document.activeElement) && document.activeElement.closest("form")?.getAttribute("action");
    alt.replaceWith(neu);
    if (wo) neu.querySelector(`form[action="${wo}"] button`)?.focus();
  }

  async function losschicken(diese) {
    if (unterwegs) return false;
    const ohne = diese.find((zeile) => !zeile.art.value);
    if (ohne) {
      sagen(`Bitte wählen Sie für „${ohne.datei.name}“, was für eine Anlage das ist.`, true);
      ohne.art.focus();
      return false;
    }
    for (const [nummer, zeile] of diese.entries()) {
      if (!zeilen.includes(zeile)) continue; // taken out of the list meanwhile
      sagen(`Datei ${nummer + 1} von ${diese.length} wird hochgeladen: ${zeile.datei.name}`);
      await senden(zeile);
    }
    const offen = zeilen.filter((zeile) => diese.includes(zeile));
    const da = diese.length - offen.length;
    const worte = da === 1 ? "1 Datei ist angekommen." : `${da} Dateien sind angekommen.`;
    const gescheitert = offen.map((zeile) => zeile.fehler).filter(Boolean);
    if (gescheitert.length) sagen(`${da ? `${worte} ` : ""}${gescheitert.join(" ")}`, true);
    else sagen(worte);
    return gescheitert.length === 0;
  }

  wahl.addEventListener("change", () => {
    for (const datei of wahl.files) aufnehmen(datei);
    wahl.value = "";
    const bereit = zeilen.filter((zeile) => !zeile.endgueltig).length;
    if (bereit && !stand.hasAttribute("data-offen"))
      sagen(`${bereit === 1 ? "1 Datei ist" : `${bereit} Dateien sind`} ausgewählt und noch nicht hochgeladen.`);
  });

  // First what was chosen, then the button that was pressed. Stands before sichern.js, which believes the page goes.
  form.addEventListener(
    "submit",
    (event) => {
      const wartend = zeilen.filter((zeile) => !zeile.endgueltig);
      if (!wartend.length && !unterwegs) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (unterwegs) return;
      const knopf = event.submitter;
      losschicken(wartend).then((ganz) => {
        if (ganz && knopf && knopf.name !== "hochladen") form.requestSubmit(knopf);
      });
    },
    true,
  );
  window.addEventListener("beforeunload", (event) => {
    if (zeilen.some((zeile) => !zeile.endgueltig)) event.preventDefault();
  });
})();
