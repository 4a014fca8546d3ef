#include "tests/support/edits.h"

#include "base/buf.h"

typedef struct Maker {
	Arena *a;
	Rand   r;
	int    next;
	Nodes  n;
} Maker;

static size_t pick(Maker *m, size_t n) { return (size_t)rand_range(&m->r, 0, (i64)n - 1); }

/* ---- words ---- */

static const char *const districts[] = {"Tanvald", "Frýdlant", "Jablonec nad Nisou", "Jilemnice", "Liberec", "Nový Bor", "Semily", "Turnov", "Česká Lípa",
	"Železný Brod"};
static const char *const subjects[] = {"Terénní pečovatelská služba", "Odborné sociální poradenství", "Azylový dům pro rodiny", "Osobní asistence",
	"Sociální rehabilitace", "Domov pro seniory", "Raná péče", "Nízkoprahové zařízení", "Chráněné bydlení", "Denní stacionář", "Odlehčovací služba",
	"Krizová pomoc", "Kontaktní centrum", "Podpora samostatného bydlení", "Sociálně aktivizační služba"};
static const char *const verbs[] = {"rozšíří", "udrží", "zpřístupní", "posílí", "propojí", "přesune", "zajistí", "doplní", "sníží", "vyhodnotí", "pilotně ověří"};
static const char *const objects[] = {"kapacitu pro osoby s demencí", "dostupnost v odlehlých obcích", "spolupráci s praktickými lékaři",
	"víkendový provoz", "počet úvazků v přímé péči", "podporu pečujících rodin", "návaznost na zdravotní péči", "bezbariérový přístup",
	"vzdělávání pracovníků", "práci s lidmi bez domova", "tlumočení do znakového jazyka", "včasnou pomoc dětem", "poradenství při zadlužení",
	"prevenci ztráty bydlení", "dojezdový čas do třiceti minut"};
static const char *const tails[] = {"ve spolupráci s obcemi", "podle potřeb zjištěných v terénu", "do konce období", "bez navýšení nákladů",
	"za podpory evropských fondů", "po dohodě se zřizovatelem", "na základě vyjádření řídicí skupiny", "s ohledem na stárnutí obyvatel",
	"v souladu s komunitním plánem", "už v prvním roce", "pokud to dovolí rozpočet kraje", "a výsledek každoročně zveřejní"};
static const char *const spare[] = {"proto", "nově", "společně", "nejméně", "zejména", "postupně", "výrazně", "trvale", "také", "nadále", "znovu", "lépe"};
#define ANY(m, list) list[pick(m, LEN(list))]

static Str free_sentence(Maker *m) {
	return str_format(m->a, "%s %s %s %s.", ANY(m, subjects), ANY(m, verbs), ANY(m, objects), ANY(m, tails));
}

static Sentence *add(Maker *m, Node *n, Str text) {
	Sentence *s = ARENA_PUSH(m->a, n->at, n->len, n->cap);
	*s = (Sentence){++m->next, text};
	return s;
}

static Node *node(Maker *m, char kind, int section) {
	Node *n = ARENA_PUSH(m->a, m->n.at, m->n.len, m->n.cap);
	*n = (Node){.id = ++m->next, .kind = kind, .section = section};
	return n;
}

/* A chapter per district, mostly the same words, and chapters of free text between. */
static void make_base(Maker *m) {
	for (int s = 0; s < 10; s++) {
		const char *d = districts[s];
		add(m, node(m, '#', s), str_format(m->a, "Území ORP %s", d));
		Node *n = node(m, 't', s);
		add(m, n, str_format(m->a, "V území ORP %s působí %d služeb, které poskytuje %d poskytovatelů.", d, (int)pick(m, 40) + 3, (int)pick(m, 20) + 2));
		add(m, n, str_format(m->a, "Obce v území vyčlenily na jejich spolufinancování %d tisíc korun.", (int)pick(m, 9000) + 100));
		n = node(m, 't', s);
		for (size_t i = 0, c = pick(m, 4) + 2; i < c; i++)
			add(m, n, free_sentence(m));
		for (size_t i = 0, c = pick(m, 3) + 2; i < c; i++)
			add(m, node(m, '-', s), free_sentence(m));
		n = node(m, '|', s);
		add(m, n, str_format(m->a, "| Druh služby v ORP %s | Služeb | Úvazků |", d));
		add(m, n, S("| --- | ---: | ---: |"));
		for (size_t i = 0; i < 4; i++)
			add(m, n, str_format(m->a, "| %s | %d | %d |", ANY(m, subjects), (int)pick(m, 30), (int)pick(m, 90)));
		n = node(m, 't', s);
		for (size_t i = 0, c = pick(m, 3) + 2; i < c; i++)
			add(m, n, free_sentence(m));
		add(m, node(m, 't', s), S("Doba realizace: 2024–2026."));
	}
}

static Nodes copy(Arena *a, const Nodes *n) {
	Nodes c = {NEW_ARRAY(a, Node, n->len + 40), n->len, n->len + 40};
	for (size_t i = 0; i < n->len; i++) {
		c.at[i] = n->at[i];
		c.at[i].at = arena_copy(a, n->at[i].at, sizeof(Sentence) * n->at[i].len);
		c.at[i].cap = n->at[i].len;
	}
	return c;
}

Str nodes_write(Arena *a, const Nodes *n) {
	CLEANUP(buf_free) Buf out = {0};
	for (size_t i = 0; i < n->len; i++) {
		const Node *it = &n->at[i];
		buf_str(&out, it->kind == '#' ? S("## ") : it->kind == '-' ? S("- ") : S(""));
		for (size_t s = 0; s < it->len; s++) {
			buf_str(&out, it->at[s].text);
			buf_str(&out, s + 1 == it->len ? S("") : it->kind == '|' ? S("\n") : S(" "));
		}
		buf_lit(&out, "\n\n");
	}
	return buf_take(&out, a);
}

i64 nodes_find(const Nodes *n, int id) {
	for (size_t i = 0; i < n->len; i++) {
		if (n->at[i].id == id)
			return (i64)i;
		for (size_t j = 0; j < n->at[i].joined_len; j++)
			if (n->at[i].joined[j] == id)
				return (i64)i;
	}
	return -1;
}

i64 edit_truth(const Edit *e) {
	for (size_t i = 0; e->quote && i < e->after.len; i++)
		for (size_t s = 0; s < e->after.at[i].len; s++)
			if (e->after.at[i].at[s].id == e->quote)
				return (i64)i;
	return nodes_find(&e->after, e->target);
}

/* ---- edits ---- */

static void change_word(Maker *m, Sentence *s) {
	size_t words = 1, at = 0;
	for (size_t i = 0; i < s->text.len; i++)
		words += s->text.ptr[i] == ' ';
	size_t which = pick(m, words);
	while (which--)
		at += (size_t)str_find_char(str_from(s->text, at), ' ') + 1;
	Str rest = str_from(s->text, at), word = str_cut(&rest, ' ');
	s->text = str_format(m->a, "%.*s%s%s%.*s", (int)at, s->text.ptr, ANY(m, spare), rest.len ? " " : word.len && word.ptr[word.len - 1] == '.' ? "." : "",
	                     STR_ARG(rest));
}

static void change_words(Maker *m, Node *n, int count) {
	if (n->kind == '|') {
		Sentence *s = &n->at[2 + pick(m, n->len - 2)];
		s->text = str_format(m->a, "| %s | %d | %d |", ANY(m, subjects), (int)pick(m, 30), (int)pick(m, 90));
		return;
	}
	while (count-- > 0)
		change_word(m, &n->at[pick(m, n->len)]);
}

static void remove_node(Maker *m, size_t i) {
	memmove(m->n.at + i, m->n.at + i + 1, sizeof(Node) * (--m->n.len - i));
}

static void insert_node(Maker *m, size_t i, Node n) {
	(void)ARENA_PUSH(m->a, m->n.at, m->n.len, m->n.cap);
	memmove(m->n.at + i + 1, m->n.at + i, sizeof(Node) * (m->n.len - 1 - i));
	m->n.at[i] = n;
}

static void move_node(Maker *m, size_t i) {
	Node n = m->n.at[i];
	remove_node(m, i);
	insert_node(m, pick(m, m->n.len), n);
}

static Node new_text(Maker *m, char kind) {
	Node n = {.id = ++m->next, .kind = kind, .section = -1};
	for (size_t i = 0, c = kind == 't' ? pick(m, 3) + 1 : 1; i < c; i++)
		add(m, &n, free_sentence(m));
	return n;
}

static void split(Maker *m, size_t i) {
	Node *n = &m->n.at[i];
	if (n->kind != 't' || n->len < 2)
		return;
	size_t at = 1 + pick(m, n->len - 1);
	Node   second = {.id = ++m->next, .kind = 't', .section = n->section};
	for (size_t s = at; s < n->len; s++)
		*ARENA_PUSH(m->a, second.at, second.len, second.cap) = n->at[s];
	n->len = n->cap = at;
	insert_node(m, i + 1, second);
}

static void join(Maker *m, size_t i) {
	if (i + 1 >= m->n.len || m->n.at[i].kind != m->n.at[i + 1].kind || m->n.at[i].kind == '|' || m->n.at[i].kind == '#' || m->n.at[i].joined_len > 4)
		return;
	Node *n = &m->n.at[i], next = m->n.at[i + 1];
	for (size_t s = 0; s < next.len; s++)
		*ARENA_PUSH(m->a, n->at, n->len, n->cap) = next.at[s];
	n->joined[n->joined_len++] = next.id;
	for (size_t s = 0; s < next.joined_len; s++)
		n->joined[n->joined_len++] = next.joined[s];
	remove_node(m, i + 1);
}

static void change_numbers(Maker *m, Node *n) {
	for (size_t s = 0; s < n->len; s++) {
		char *z = str_z(m->a, n->at[s].text);
		for (size_t i = 0; i < n->at[s].text.len; i++)
			if (z[i] >= '0' && z[i] <= '9')
				z[i] = (char)('1' + pick(m, 9));
		n->at[s].text = str_of(z, n->at[s].text.len);
	}
}

static void rewrite(Maker *m, size_t i) {
	Node n = new_text(m, m->n.at[i].kind == '-' ? '-' : 't');
	m->n.at[i] = n;
}

static void move_sentence(Maker *m, size_t i, size_t sentence) {
	Node *n = &m->n.at[i];
	if (n->kind != 't' || n->len < 2)
		return;
	Sentence s = n->at[sentence];
	memmove(n->at + sentence, n->at + sentence + 1, sizeof s * (n->len - 1 - sentence));
	n->len--;
	for (size_t tries = 0; tries < 50; tries++) {
		size_t j = pick(m, m->n.len);
		if (j == i || m->n.at[j].kind != 't')
			continue;
		*ARENA_PUSH(m->a, m->n.at[j].at, m->n.at[j].len, m->n.at[j].cap) = s;
		return;
	}
}

static void cut_section(Maker *m, int section, bool put_back) {
	Nodes cut = {0};
	for (size_t i = 0; i < m->n.len;)
		if (m->n.at[i].section == section) {
			*ARENA_PUSH(m->a, cut.at, cut.len, cut.cap) = m->n.at[i];
			remove_node(m, i);
		} else {
			i++;
		}
	size_t to = 0;
	for (size_t tries = 0; put_back && tries < 50; tries++)
		if (m->n.at[to = pick(m, m->n.len)].kind == '#')
			break;
	for (size_t i = 0; put_back && i < cut.len; i++)
		insert_node(m, to + i, cut.at[i]);
}

static void add_in_front(Maker *m, Node *n) {
	Sentence s = *add(m, n, free_sentence(m));
	memmove(n->at + 1, n->at, sizeof s * (n->len - 1));
	n->at[0] = s;
}

static void remove_sentence(Node *n, size_t which) {
	memmove(n->at + which, n->at + which + 1, sizeof *n->at * (--n->len - which));
}

static void exchange_ends(Node *n) {
	Sentence s = n->at[0];
	n->at[0] = n->at[n->len - 1];
	n->at[n->len - 1] = s;
}

static void change_punctuation(Maker *m, Node *n) {
	for (size_t s = 0; s < n->len && n->kind != '|'; s++)
		n->at[s].text = str_replace(m->a, str_replace(m->a, n->at[s].text, S(","), S(" –")), S(" na "), S(" na\xC2\xA0"));
}

static void add_column(Maker *m, Node *n) {
	for (size_t s = 0; n->kind == '|' && s < n->len; s++)
		n->at[s].text = str_cat(m->a, n->at[s].text, s == 0 ? S(" Lůžek |") : s == 1 ? S(" --- |") : S(" 7 |"));
}

static void exchange_with_next(Maker *m, size_t i) {
	if (i + 1 == m->n.len)
		return;
	Node x = m->n.at[i];
	m->n.at[i] = m->n.at[i + 1];
	m->n.at[i + 1] = x;
}

/* One edit at position i; sentence = which of it is quoted. */
static const char *edit_one(Maker *m, int kind, size_t i, size_t sentence) {
	Node *n = &m->n.at[i];
	switch (kind) {
	case 0: change_words(m, n, 1); return "a word";
	case 1: change_words(m, n, 3); return "three words";
	case 2: if (n->kind != '|') n->at[0].text = str_cat(m->a, S("Pozn. "), n->at[0].text); return "a word in front";
	case 3: if (n->kind == 't') add(m, n, free_sentence(m)); return "a sentence at the end";
	case 4: if (n->kind == 't') add_in_front(m, n); return "a sentence in front";
	case 5: if (n->kind == 't' && n->len > 1) remove_sentence(n, pick(m, n->len)); return "a sentence less";
	case 6: if (n->kind == 't' && n->len > 1) exchange_ends(n); return "sentences exchanged";
	case 7: move_node(m, i); return "moved";
	case 8: insert_node(m, i, new_text(m, 't')); return "a new one before";
	case 9: remove_node(m, i); return "deleted";
	case 10: split(m, i); return "split";
	case 11: join(m, i); return "joined with the next";
	case 12: change_words(m, n, 1); move_node(m, i); return "a word, and moved";
	case 13: change_numbers(m, n); return "numbers";
	case 14: change_punctuation(m, n); return "punctuation";
	case 15: insert_node(m, i + 1, new_text(m, 't')); change_words(m, &m->n.at[i], 1); return "a word, and a new one after";
	case 16: if (n->kind == '|') add(m, n, str_format(m->a, "| %s | 3 | 4 |", ANY(m, subjects))); else change_words(m, n, 2); return "a row more";
	case 17: add_column(m, n); return "a column more";
	case 18: if (n->kind == '-') n->kind = 't'; else if (n->kind == 't') n->kind = '-'; return "an item instead of a paragraph";
	case 19: rewrite(m, i); return "replaced by another";
	case 20: exchange_with_next(m, i); return "exchanged with the next";
	case 21: move_sentence(m, i, sentence); return "a sentence moved to another paragraph";
	case 22: cut_section(m, n->section, true); return "its chapter moved";
	case 23: cut_section(m, n->section, false); return "its chapter deleted";
	case 24: remove_node(m, i); insert_node(m, i, new_text(m, 't')); return "deleted, and a new one in its place";
	case 25: change_words(m, n, 6); return "six words";
	case 26: remove_node(m, i); for (int s = 0; s < 6; s++) change_words(m, &m->n.at[pick(m, m->n.len)], 1); return "deleted, and others edited";
	default: return "nothing";
	}
}

Edit edit_make(Arena *a, u64 seed) {
	Maker m = {.a = a, .r = rand_seed(seed / 40)};           /* one text serves forty edits */
	make_base(&m);
	m.r = rand_seed(seed * 7919 + 1);
	Edit   e = {.before = m.n};
	m.n = copy(a, &e.before);
	size_t i = pick(&m, m.n.len), sentence = pick(&m, m.n.at[i].len);
	Node   target = m.n.at[i];
	e.target = target.id;
	if (rand_chance(&m.r, 40) && target.kind != '|')
		e.quote = target.at[sentence].id;
	for (size_t noise = pick(&m, 8); noise > 0; noise--) {       /* others work on the text too */
		size_t j = pick(&m, m.n.len);
		if (m.n.at[j].id != target.id && (j + 1 >= m.n.len || m.n.at[j + 1].id != target.id))
			edit_one(&m, (int)pick(&m, 21), j, 0);
	}
	i = (size_t)nodes_find(&m.n, target.id);
	e.what = edit_one(&m, (int)(seed % EDIT_KINDS), i, sentence < m.n.at[i].len ? sentence : 0);
	e.after = m.n;
	return e;
}
