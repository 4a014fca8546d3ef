/* library_text.c: words of files are found once they are read, by whom they may be, and a broken file loses nothing. */
#include <fcntl.h>
#include <unistd.h>

#include "core/search.h"
#include "domain/library/file_text.h"
#include "domain/library/inside.h"
#include "tests/domain/library.h"

static Str read_data(const char *path) {
	int     fd = open(path, O_RDONLY | O_CLOEXEC);
	char   *to = arena_alloc(t_arena, 1 << 20);
	ssize_t n = fd < 0 ? -1 : read(fd, to, 1 << 20);
	EXPECT(n > 0);
	close(fd);
	return str_of(to, (size_t)n);
}

/* A version made by the program itself, as jobs run with the rights of who queued them and nobody here has an account. */
static Id with_file(Library *l, Id document, const char *path) {
	Id   id;
	Ctx *c = as(l, &actor_program);
	MUST(version_add(c, document, &(VersionNew){.staged = library_staged(l, read_data(path)), .file_name = str_c(path)}, &id));
	return id;
}

static int run_jobs(Library *l) {
	int ran;
	ctx_end(&l->c);
	MUST(jobs_run_all(t_arena, l->app->db, &ran));
	l->c = ctx_make(t_arena, l->app->db, l->planner, l->c.now);
	return ran;
}

static size_t found(Library *l, const Actor *who, bool public_only, const char *words) {
	SearchHits hits;
	MUST(search_find(as(l, who), NULL, str_c(words), public_only, 0, &hits));
	return hits.len;
}

static FileText state_of(Library *l, Id version) {
	DocumentVersion v;
	StoredFile      f;
	FileText        t;
	MUST(version_get(pln(l), version, &v));
	MUST(files_get(&l->c, v.file, &f));
	MUST(file_text_of(&l->c, &f, &t));
	return t;
}

TEST("library text: words of a PDF are found after the job; the public finds them once the version is frozen") {
	Library l = library_given();
	Id      id = with_file(&l, l.document, "tests/data/library/plan.pdf");
	EQ_INT(state_of(&l, id).state, FILE_TEXT_WAITING);
	EQ_INT(run_jobs(&l), 1);
	EQ_INT(state_of(&l, id).state, FILE_TEXT_READY);
	EQ_INT(found(&l, &actor_public, true, "tlumocnicich"), 0);
	MUST(version_freeze(pln(&l), id));
	EQ_INT(found(&l, &actor_public, true, "tlumocnicich"), 1);
	MUST(version_withdraw(pln(&l), id, S("Vyšla omylem.")));
	EQ_INT(found(&l, &actor_public, true, "tlumocnicich"), 0);
	ctx_end(&l.c);
}

TEST("library text: a document that is not public is found by officers only") {
	Library l = library_given();
	Id      secret;
	MUST(document_add(pln(&l), &(DocumentNew){.title = S("Podklad pro Radu"), .kind = S("report"), .owner = l.region}, &secret));
	with_file(&l, secret, "tests/data/library/plan.pdf");
	run_jobs(&l);
	EQ_INT(found(&l, l.planner, false, "tlumocnicich"), 1);
	EQ_INT(found(&l, &actor_public, false, "tlumocnicich"), 0);
	EQ_INT(found(&l, l.provider, true, "tlumocnicich"), 0);
	ctx_end(&l.c);
}

TEST("library text: the same content is read once, for a resolution too") {
	Library l = library_given();
	Id      id;
	with_file(&l, l.document, "tests/data/library/plan.pdf");
	MUST(resolution_add(as(&l, &actor_program), &(ResolutionNew){.number = S("5/24/RK"), .body = l.board, .decided_on = D(2024, 1, 9), .title = S("Pohotovost"), .result = S("approved"),
		.staged = library_staged(&l, read_data("tests/data/library/plan.pdf")), .file_name = S("5.pdf")}, &id));
	EQ_INT(run_jobs(&l), 1);
	EQ_INT(found(&l, &actor_public, true, "tlumocnicich"), 1);
	ctx_end(&l.c);
}

/* Half of a file came, or it is no such file inside. */
static void broken_stays(const char *path) {
	Library         l = library_given();
	Id              id = with_file(&l, l.document, path);
	DocumentVersion v;
	StoredFile      f;
	int             fd;
	EQ_INT(run_jobs(&l), 1);
	FileText t = state_of(&l, id);
	EQ_INT(t.state, FILE_TEXT_FAILED);
	EXPECT(str_ends(t.why, S(".")) && t.why.len > 20);
	MUST(version_freeze(pln(&l), id));
	MUST(version_get(as(&l, &actor_public), id, &v));
	MUST(files_get(&l.c, v.file, &f));
	MUST(files_open(&l.c, &f, true, &fd));
	close(fd);
	EQ_INT(found(&l, &actor_public, true, "plan 2024 2026"), 1);       /* by its title */
	ctx_end(&l.c);
}

TEST("library text: a broken PDF or DOCX says so in a sentence, stays to be saved, and the version can be frozen") {
	broken_stays("tests/data/library/broken.pdf");
	broken_stays("tests/data/library/broken.docx");
}

TEST("library text: a file that nobody has read for a quarter of an hour is asked for again") {
	Library l = library_given();
	Id      id = with_file(&l, l.document, "tests/data/library/plan.pdf");
	static const Sql lost = {.name = "test_lost", .text = "DELETE FROM job"};
	Tx      tx = {0};
	MUST(tx_begin(&l.c, &tx));
	MUST(db_run(l.c.conn, &lost, DB_NONE, NULL));
	MUST(tx_commit(&tx));
	EQ_INT(run_jobs(&l), 0);
	l.c.actor = &actor_program;
	MUST(file_text_regular(&l.c));
	EQ_INT(run_jobs(&l), 0);
	l.c.actor = &actor_program;
	l.c.now.ms += 20 * 60 * 1000;
	MUST(file_text_regular(&l.c));
	EQ_INT(run_jobs(&l), 1);
	EQ_INT(state_of(&l, id).state, FILE_TEXT_READY);
	ctx_end(&l.c);
}
