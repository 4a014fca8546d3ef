/* The PDF of a receipt: rendered by the real program, kept with the receipt, the same bytes ever after. */
#include <stdlib.h>
#include <unistd.h>

#include "core/print.h"
#include "tests/domain/children.h"
#include "tests/domain/collection_given.h"

static Receipt the_receipt(Collecting *k, int hour) {
	Receipts all;
	Ctx      c = at_time(k, &actor_program, D(2027, 2, 12), hour, 0, 0);
	MUST(receipts_keep(&c));
	MUST(submission_receipts(&c, k->submission, &all));
	EQ_INT(all.len, 1);
	Receipt r = all.at[0];
	r.sha256 = str_dup(t_arena, r.sha256);
	ctx_end(&c);
	return r;
}

TEST("collection: the PDF of a receipt is made once; every later look finds the same file") {
	static const JobKind kinds[] = {{PRINT_JOB, "Tisk do PDF", job_print, .retry = true}};
	char      *folder = str_z(t_arena, S("/tmp/sitovka-receipt-XXXXXX"));
	StoredFile first, second;
	int        ran, fd;
	jobs_setup((const JobKind *const[]){kinds}, (const size_t[]){1}, 1);
	EXPECT(mkdtemp(folder));
	files_set_folder(folder);
	Collecting k = given_collection();
	submit_whole(&k, D(2027, 2, 12), 9, 0, 0);
	EQ_INT(the_receipt(&k, 10).pdf, 0);
	MUST(jobs_run_all(t_arena, k.g.c.db, &ran));
	EQ_INT(ran, 1);
	Receipt r = the_receipt(&k, 11);
	EXPECT(r.pdf != 0);
	Ctx c = at_time(&k, &actor_program, D(2027, 2, 12), 12, 0, 0);
	MUST(files_get(&c, r.pdf, &first));
	EQ_TEXT(first.type, "application/pdf");
	MUST(files_open(&c, &first, true, &fd));
	close(fd);
	ctx_end(&c);
	Receipt again = the_receipt(&k, 13);
	c = at_time(&k, &actor_program, D(2027, 2, 12), 14, 0, 0);
	MUST(files_get(&c, again.pdf, &second));
	EQ_STR(second.sha256, first.sha256);
	ctx_end(&c);
}
