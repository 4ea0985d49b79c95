// Shows amounts, sums and what they mean while somebody types, and takes rows out and back in. Everything works without
// it. It reads and rounds as the server does (schulerfolg/formular/zahlen.py, angebote/antrag/bilanz.py): whole cents,
// half up; a test compares them.
(function () {
  "use strict";

  const form = document.querySelector("form[data-kosten]");
  if (!form) return;
  const bilanz = form.querySelector("[data-bilanz]");
  const ansage = form.querySelector("[data-kostenansage]");
  // What others pay, and the question that must be answered with yes.
  const ANDERE = { eigenmittel: "", teilnahmebeitraege: "mit_teilnahmebeitraegen", drittmittel: "mit_drittmitteln" };
  const FALSCH = Symbol("unlesbar");
  const GANZ = "[1-9][0-9]{0,2}(?:\\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[0-9]{1,50}";
  const MIT_KOMMA = new RegExp(`^(-?(?:${GANZ}))(?:,([0-9]{1,9}))?$`);
  const MIT_PUNKT = /^(-?[0-9]{1,12})\.([0-9]{1,2})$/;

  // schulerfolg/eingabe.py: without what nobody sees, every odd blank a blank.
  function sauber(text) {
    return text
      .replace(/\r\n|[\r\n\t\v\f\x1c-\x1e\x85\u2028\u2029]/g, " ")
      .normalize("NFC")
      .replace(/[\u2800\u3164\u115f\u1160\uffa0]|\p{Zs}/gu, " ")
      .replace(/[\u034f\u180b-\u180d\u180f\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]|[\p{Cf}\p{Cc}\p{Co}]/gu, "")
      .replace(/^ +| +$/g, "");
  }

  // A number as cents: null where nothing stands, FALSCH where it can't be read.
  function lesen(roh, von = 0n, bis = 10n ** 15n) {
    let text = sauber(roh);
    if (!text) return null;
    text = text.replace(/^€/, "").replace(/€$/, "").replace(/^ +| +$/g, "").replace(/,[-–]{1,2}$/, "");
    const teile = MIT_KOMMA.exec(text) || MIT_PUNKT.exec(text);
    if (!teile || (teile[2] || "").length > 2) return FALSCH;
    const cent = BigInt(teile[1].replace(/[. ]/g, "") + (teile[2] || "").padEnd(2, "0"));
    return cent < von || cent > bis ? FALSCH : cent;
  }

  function wert(feld) {
    if (!feld) return null;
    const [von, bis] = feld.dataset.zahl.split(" ").map(BigInt);
    return lesen(feld.value, von, bis);
  }

  const zahl = (cent) => (typeof cent === "bigint" ? cent : 0n);
  const teilen = (zaehler, nenner) => (2n * zaehler + nenner) / (2n * nenner); // half up, from 0 on
  const ab0 = (cent) => (cent > 0n ? cent : 0n);
  const euro = (cent) =>
    `${String(cent / 100n).replace(/\B(?=(\d{3})+$)/g, ".")},${String(cent % 100n).padStart(2, "0")}\u00a0€`;
  const schreiben = (element, text) => {
    if (element && element.textContent !== text) element.textContent = text;
  };
  const zeigen = (element, ja) => {
    if (element) element.hidden = !ja;
  };
  const feldVon = (zeile, name) => zeile.querySelector(`[name$="-${name}"]`);
  const weg = (zeile) => feldVon(zeile, "DELETE").checked;

  const prozent = zahl(lesen(bilanz.dataset.prozent));
  const frei = lesen(bilanz.dataset.frei);
  const angeboteAb = lesen(form.dataset.angeboteAb);

  function betrag(zeile) {
    const [menge, preis] = [wert(feldVon(zeile, "menge")), wert(feldVon(zeile, "einzelpreis"))];
    if (menge === FALSCH || typeof preis !== "bigint") return null;
    return teilen((menge ?? 100n) * preis, 100n);
  }

  function zeileZeigen(zeile, summe) {
    const art = feldVon(zeile, "kostenart").selectedOptions[0]?.dataset || {};
    const begruendung = zeile.querySelector("[data-begruendung]");
    schreiben(zeile.querySelector("[data-betrag]"), summe === null ? "–" : euro(summe));
    schreiben(zeile.querySelector("p[data-hinweis]"), art.hinweis || "");
    zeigen(zeile.querySelector("p[data-hinweis]"), art.hinweis);
    zeigen(zeile.querySelector("[data-nicht]"), art.nichtFoerderfaehig);
    zeigen(zeile.querySelector("[data-angebote]"), summe !== null && angeboteAb !== null && summe > angeboteAb);
    zeigen(begruendung, art.begruenden || begruendung.querySelector("input").value || begruendung.querySelector(".kern-error"));
    return Boolean(art.nichtFoerderfaehig);
  }

  function zusammen() {
    let ausgaben = 0n;
    let nicht = 0n;
    let unlesbar = false;
    for (const zeile of form.querySelectorAll("[data-zeile]")) {
      const summe = betrag(zeile);
      const nichtFoerderfaehig = zeileZeigen(zeile, summe);
      if (weg(zeile)) continue;
      ausgaben += zahl(summe);
      if (nichtFoerderfaehig) nicht += zahl(summe);
      if (summe === null && (feldVon(zeile, "menge").value || feldVon(zeile, "einzelpreis").value)) unlesbar = true;
    }
    const hier = Object.entries(ANDERE).filter(([, frage]) => !frage || form.elements[frage]?.checked);
    const andere = form.elements.eigenmittel
      ? hier.reduce((summe, [name]) => summe + zahl(wert(form.elements[name])), 0n)
      : zahl(lesen(bilanz.dataset.andere)); // the one page of a small application does not ask for it
    const beantragt = ab0(ausgaben - (andere > nicht ? andere : nicht));
    const eigenanteil = teilen(ausgaben * prozent, 10000n);
    const luecke = ab0(nicht - andere);
    const zuviel = ab0(andere - ausgaben);
    return {
      ausgaben, andere, beantragt, eigenanteil, luecke, zuviel, unlesbar,
      eigenanteil_fehlt: ab0(eigenanteil - andere),
      ueber: frei === null ? 0n : ab0(beantragt - frei),
      rest: frei === null ? 0n : ab0(frei - beantragt),
      geht_auf: ausgaben > 0n && !luecke && !zuviel,
    };
  }

  // angebote/antrag/jahre.py: the writer's sums where they fit, else the days.
  function jahreZeigen(beantragt) {
    const zeilen = [...form.querySelectorAll("[data-jahr]")];
    if (!zeilen.length) return;
    const tage = zeilen.map((zeile) => BigInt(zeile.dataset.tage));
    const eigene = zeilen.slice(0, -1).map((zeile) => wert(form.elements[`jahr_${zeile.dataset.jahr}`]));
    const rest = eigene.reduce((summe, cent) => summe - zahl(cent), beantragt);
    const passt = eigene.some((cent) => typeof cent === "bigint") && beantragt > 0n && rest >= 0n;
    const gewichte = passt ? [...eigene.map(zahl), rest] : tage;
    const alle = gewichte.reduce((summe, gewicht) => summe + gewicht, 0n);
    let bisher = 0n;
    let verteilt = 0n;
    zeilen.forEach((zeile, nummer) => {
      bisher += gewichte[nummer];
      const bisHier = teilen(beantragt * bisher, alle);
      schreiben(zeile.querySelector("dd"), euro(bisHier - verteilt));
      verteilt = bisHier;
    });
  }

  let uhr = 0;
  let gesagt = "";
  // Said once the hands rest, not at each key.
  function ansagen() {
    window.clearTimeout(uhr);
    uhr = window.setTimeout(() => {
      const zahlen = [...bilanz.querySelectorAll("dl > div")].map((teil) => [...teil.children].map((wort) => wort.textContent).join(" "));
      const worte = [...bilanz.querySelectorAll("[data-wenn]:not([hidden])")].map((satz) => satz.textContent);
      const text = `${zahlen.join(", ")}. ${worte.join(" ")}`;
      if (text !== gesagt) ansage.textContent = text;
      gesagt = text;
    }, 1500);
  }

  function rechnen() {
    const stand = zusammen();
    for (const feld of bilanz.querySelectorAll("[data-summe]")) schreiben(feld, euro(stand[feld.dataset.summe]));
    for (const satz of bilanz.querySelectorAll("[data-wenn]")) zeigen(satz, stand[satz.dataset.wenn]);
    jahreZeigen(stand.beantragt);
  }

  // A row that goes leaves a line in its place with the way back; the focus stays there.
  function ausVorlage(art, name) {
    const teil = form.querySelector(`template[data-${art}]`).content.firstElementChild.cloneNode(true);
    for (const stelle of teil.querySelectorAll("[data-name]")) stelle.textContent = name;
    const knopf = teil.closest("button") || teil.querySelector("button");
    knopf.setAttribute("aria-label", `${knopf.textContent.trim()}: ${name}`);
    return teil;
  }

  function entfernen(zeile, mitFokus) {
    const [haken, name] = [feldVon(zeile, "DELETE"), zeile.querySelector("legend").textContent.trim()];
    const zeileWeg = ausVorlage("zurueck", name);
    const setzen = (ja) => {
      haken.checked = ja;
      zeile.hidden = ja;
      haken.dispatchEvent(new Event("change", { bubbles: true }));
    };
    setzen(true);
    zeile.after(zeileWeg);
    if (mitFokus) zeileWeg.querySelector("button").focus();
    zeileWeg.querySelector("button").addEventListener("click", () => {
      zeileWeg.remove();
      setzen(false);
      zeile.querySelector("[data-entfernen]").focus();
    });
  }

  for (const zeile of form.querySelectorAll("[data-zeile]")) {
    const haken = feldVon(zeile, "DELETE");
    const knopf = ausVorlage("weg", zeile.querySelector("legend").textContent.trim());
    haken.closest(".kern-fieldset").hidden = true;
    zeile.querySelector(".kostenzeile__fuss").prepend(knopf);
    knopf.addEventListener("click", () => entfernen(zeile, true));
    if (haken.checked) entfernen(zeile, false);
  }

  for (const art of ["input", "change"]) {
    form.addEventListener(art, () => {
      rechnen();
      ansagen();
    });
  }
  window.addEventListener("pageshow", rechnen); // a browser that goes back puts other words in
  rechnen();
})();
