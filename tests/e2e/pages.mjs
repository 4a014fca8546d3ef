// The pages that the browser tests open. A new page gets one line here with each state that looks different.
//
//   path    address, or where to start when the address holds a number:
//   link    … selector of the link on `path` that leads to the page
//   form    … selector of the form on `path` that is sent, with `fields` typed in: { name: value }
//   role    account of the demo region (tests/accounts.conf has the domain); without it a visitor
//   state   what this line shows, when a page is here more than once: "prázdný", "s chybou" …
//   status  of the answer, 200 unless said
//   kb      most kilobytes of gzipped HTML, 30 unless said
//   shot    name of its picture in docs/img (make shots)

export const pages = [
  // public
  { path: "/", kb: 10, shot: "uvod" },
  { path: "/katalog", kb: 14, shot: "katalog" },
  { path: "/katalog?q=zzzzzz", state: "nic nenalezeno" },
  { path: "/katalog", link: "main a[href^='/katalog/sluzba/']", state: "služba", shot: "sluzba" },
  { path: "/uzemi", shot: "uzemi" },
  { path: "/prihlaseni", shot: "prihlaseni" },
  { path: "/prihlaseni", form: "main form[method=post]", fields: { login: "nikdo@demo.invalid", password: "není to ono" },
    state: "chybné heslo", status: 422 },
  { path: "/pristupnost" },
  { path: "/cookies" },
  { path: "/osobni-udaje" },
  { path: "/mapa-stranek" },
  { path: "/napoveda" },
  { path: "/kontakt" },
  { path: "/data" },
  { path: "/tato-stranka-neexistuje", state: "nenalezeno", status: 404 },

  // signed in
  { path: "/app", role: "sit", kb: 12, shot: "prehled" },
  { path: "/app", role: "obec.jablonec", state: "obec" },
  { path: "/app", role: "koordinator.tanvald", state: "koordinátorka" },
  { path: "/app", role: "statutar", state: "poskytovatel" },
  { path: "/app", role: "audit", state: "kontrola" },
  { path: "/app", role: "spravce", state: "správce aplikace" },
  { path: "/app/ucet", role: "sit" },
  { path: "/app/sprava/uzivatele", role: "sit", state: "bez oprávnění", status: 403 },
];
