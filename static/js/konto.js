/* What only works with JavaScript is hidden in the page and shown here: passkeys and printing. */
(function () {
  "use strict";

  function show(selector) {
    document.querySelectorAll(selector).forEach(function (element) { element.hidden = false; });
  }

  if (window.PublicKeyCredential) show("[data-nur-mit-passkey]");
  document.querySelectorAll("[data-drucken]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-fehler]").forEach(function (line) {
      line.setAttribute("role", "alert");
      line.hidden = false;
    });
  });
})();
