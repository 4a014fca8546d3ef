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
  { path: "/katalog?q=liberec&forma=ter&orp=liberec", state: "hledání s filtry", kb: 14 },
  { path: "/katalog?q=pecovatleska&forma=pob", state: "nic nenalezeno, návrh slova" },
  { path: "/katalog?zobrazit=mapa", state: "mapa a obce", kb: 14 },
  { path: "/katalog?zobrazit=tabulka&radit=poskytovatel", state: "podrobná tabulka", kb: 14 },
  { path: "/katalog", link: "main a[href^='/katalog/sluzba/']", state: "služba", kb: 10, shot: "sluzba" },
  { path: "/katalog?druh=57", link: "main a[href^='/katalog/sluzba/']", state: "služba s utajenou adresou" },
  { path: "/katalog?zobrazit=tabulka", link: "main a[href^='/katalog/poskytovatel/']", state: "poskytovatel" },
  { path: "/katalog/druhy" },
  { path: "/katalog/druhy/40" },
  { path: "/zivotni-situace" },
  { path: "/zivotni-situace/starnuti" },
  { path: "/uzemi", shot: "uzemi" },
  { path: "/kalendar", kb: 14, shot: "kalendar" },
  { path: "/kalendar?rok=2027&pro=municipality", state: "jiný rok, jedna skupina" },
  { path: "/kalendar?rok=2040", state: "prázdný rok" },
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
  { path: "/app/ucet/upozorneni", role: "statutar" },
  { path: "/app/upozorneni", role: "statutar", state: "s upozorněními" },
  { path: "/app/upozorneni", role: "spravce", state: "žádná" },
  { path: "/odhlaseni-posty/neznamy-odkaz", state: "odkaz neplatí", status: 404 },

  // messages, questions, the care of the mail
  { path: "/app/zpravy", role: "statutar" },
  { path: "/app/zpravy?stav=uzavrene", role: "sit", state: "uzavřené" },
  { path: "/app/zpravy?q=zzzzz", role: "sit", state: "nic nenalezeno" },
  { path: "/app/zpravy", role: "statutar", link: "main tbody th a", state: "jedna zpráva" },
  { path: "/app/zpravy/nova", role: "sit", state: "komu psát" },
  { path: "/app/zpravy/nova?q=tan", role: "sit", state: "nalezené organizace" },
  { path: "/app/zpravy/nova", role: "statutar", state: "nová zpráva" },
  { path: "/app/zpravy/nova", role: "statutar", form: "main form[method=post]", fields: { subject: "" }, state: "nová zpráva s chybami", status: 422 },
  { path: "/app/dotazy", role: "statutar" },
  { path: "/app/dotazy/novy", role: "statutar" },
  { path: "/app/dotazy?stav=cekaji", role: "sit", link: "main h2 a", state: "dotaz čeká na odpověď" },
  { path: "/app/sprava/posta", role: "spravce" },
  { path: "/app/sprava/posta/dopisy", role: "spravce" },
  { path: "/app/sprava/posta/dopisy", role: "spravce", link: "main tbody th a", state: "jeden dopis" },
  { path: "/app/sprava/posta/adresy", role: "spravce", state: "žádné" },
  { path: "/app/sprava/posta/texty/core.digest", role: "spravce" },
  { path: "/app/sprava/posta/texty/core.digest", role: "spravce", form: "main form[method=post]", fields: { subject: "{nezname}" },
    state: "s chybou", status: 422 },
  { path: "/app/ucet/heslo", role: "sit" },
  { path: "/app/ucet/email", role: "sit" },
  { path: "/app/ucet/klice", role: "sit" },
  { path: "/app/ucet/klice", role: "sit", form: "main form[method=post]", fields: { name: "" }, state: "s chybami", status: 422 },
  { path: "/zapomenute-heslo" },
  { path: "/zapomenute-heslo", form: "main form[method=post]", fields: { login: "nikdo@demo.invalid" }, state: "odesláno" },
  { path: "/app/sprava/uzivatele", role: "spravce", link: "main tbody th a", state: "účet" },
  { path: "/app/ucet/overeni", role: "sit" },
  { path: "/app/hlaseni", role: "sit", state: "žádné hlášení" },
  { path: "/app/sprava/uzivatele", role: "sit", state: "bez oprávnění", status: 403 },

  // the calendar
  { path: "/app/kalendar", role: "poskytovatel", state: "moje termíny", kb: 14 },
  { path: "/app/kalendar", role: "analytik", state: "celý", kb: 14 },
  { path: "/app/kalendar", role: "poskytovatel", link: "main tbody th a", state: "okno" },
  { path: "/app/kalendar", role: "analytik", link: "main tbody th a", state: "okno pro odbor" },
  { path: "/app/kalendar/rok?rok=2035", role: "analytik" },
  { path: "/app/kalendar/novy?vzor=extraordinary", role: "analytik" },
  { path: "/app/kalendar/novy", role: "analytik", form: "main form[method=post]", fields: { title: "", closes_rule: "někdy" }, state: "s chybami", status: 422 },
  { path: "/app/sprava/vzory-oken", role: "analytik" },
  { path: "/app/sprava/vzory-oken", role: "analytik", link: "main tbody th a", state: "vzor" },
  { path: "/app/sprava/pracovni-dny", role: "analytik", state: "žádné výjimky" },

  // services and providers by hand
  { path: "/app/sluzby", role: "sit", shot: "sluzby-prace" },
  { path: "/app/sluzby?q=zzzzzz", role: "sit", state: "nic nenalezeno" },
  { path: "/app/sluzby", role: "sit", link: "main tbody th a", state: "údaje služby", shot: "sluzba-udaje" },
  { path: "/app/sluzby/neaktualni", role: "sit", state: "nepotvrzené" },
  { path: "/app/sluzby/novy", role: "sit", state: "nová služba" },
  { path: "/app/sluzby/novy", role: "sit", form: "main form[method=post]", fields: { name: "", identifier: "12" }, state: "s chybami", status: 422 },
  { path: "/app/sluzby/navrhy", role: "sit", state: "žádné návrhy" },
  { path: "/app/poskytovatele", role: "sit" },
  { path: "/app/poskytovatele", role: "sit", link: "main tbody th a", state: "údaje poskytovatele" },
  { path: "/app/moje-sluzby", role: "statutar", shot: "moje-sluzby" },
  { path: "/app/moje-sluzby", role: "statutar", link: "main tbody th a", state: "moje služba" },
  { path: "/app/moje-sluzby/navrhy", role: "obec.jablonec", state: "návrhy obce" },
];
