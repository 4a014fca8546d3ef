#include "domain/register/generate_parts.h"

#include <stdlib.h>

static const char *const field_names[GEN_FIELDS] = {
	[FIELD_PROVIDER_NAME] = "provider.name",
	[FIELD_CAPACITY_COUNT] = "registered_capacity.count",
	[FIELD_FACILITY_NAME] = "facility.name",
	[FIELD_PHONES] = "service.phones",
	[FIELD_CAPACITY_DESCRIPTION] = "registered_capacity.description",
	[FIELD_HOUSE_NO] = "facility.address.house_no",
	[FIELD_TARGET_GROUPS] = "service.target_groups",
	[FIELD_EMAILS] = "service.emails",
	[FIELD_TARGET_NOTE] = "service.target_note",
};

/* A record that is in the file, whole, and in which a change has one meaning. */
static bool is_plain(const GenPlan *p, i64 i) {
	if (i >= p->kept || i + 1 == p->o.broken_record || p->places[i] == 0)
		return false;
	if (gen_hits(p, TRAP_SERVICE_ENDED, i) || gen_hits(p, TRAP_CAPACITY_TWICE, i))
		return false;
	if (gen_shares_identifier(p, i) || (i + 1 < p->services && gen_shares_identifier(p, i + 1)))
		return false;
	if (p->kind[i] == KIND_SHELTER || p->kind[i] == KIND_INTERVENTION_CENTRE || p->provider[p->owner[i]].wrong_check)
		return false;
	i64 first = p->first_place[i], last = first + p->places[i] - 1;
	return !gen_hits(p, TRAP_FACILITY_ENDED, first) && !gen_hits(p, TRAP_FACILITY_ENDED, last);
}

static Str ico_text(Arena *a, u32 ico) {
	return str_format(a, "%08u", ico);
}

static RegisterEdit *report(GenPlan *p, GenField field) {
	CHECK(p->done_count < (size_t)p->o.edits);
	RegisterEdit *e = &p->done[p->done_count++];
	e->field = str_c(field_names[field]);
	return e;
}

static void rename_provider(Arena *a, GenPlan *p, u32 owner) {
	GenProvider *provider = &p->provider[owner], other = {0};
	gen_provider_name(a, p->o.seed, (i64)owner + p->providers + 10, &other);
	RegisterEdit *e = report(p, FIELD_PROVIDER_NAME);
	e->identifier = ico_text(a, provider->ico);
	e->old = provider->name;
	e->new = str_eq(other.name, e->old) ? str_cat(a, S("Nový "), e->old) : other.name;
	provider->name = e->new;                         /* its facilities keep their names */
}

static int by_record(const void *x, const void *y) {
	const GenPlannedEdit *a = x, *b = y;
	return a->record != b->record ? (a->record < b->record ? -1 : 1) : (int)a->field - (int)b->field;
}

/* Each round gives every plain record one more field, so that few edits fall on many records. */
void gen_plan_edits(Arena *a, GenPlan *p) {
	if (p->o.edits <= 0)
		return;
	p->done = NEW_ARRAY(a, RegisterEdit, p->o.edits);
	p->edit = NEW_ARRAY(a, GenPlannedEdit, p->o.edits);
	u32 *plain = NEW_ARRAY(a, u32, p->services);
	bool *renamed = NEW_ARRAY(a, bool, p->providers);
	size_t count = 0;
	for (i64 i = 0; i < p->services; i++)
		if (is_plain(p, i))
			plain[count++] = (u32)i;
	Rand r = rand_seed(gen_mix(p->o.seed, 0xED17));
	for (size_t i = count; i > 1; i--) {
		size_t k = (size_t)rand_range(&r, 0, (i64)i - 1);
		u32 x = plain[i - 1];
		plain[i - 1] = plain[k];
		plain[k] = x;
	}
	i64 wanted = p->o.edits;
	for (size_t round = 0; round < GEN_FIELDS && wanted > 0; round++) {
		for (size_t n = 0; n < count && wanted > 0; n++) {
			u32 record = plain[n];
			GenField field = (GenField)((n + round) % GEN_FIELDS);
			if (field == FIELD_HOUSE_NO && p->places[record] < 2)
				continue;                            /* the only facility may already have a new name */
			if (field == FIELD_PROVIDER_NAME) {
				if (renamed[p->owner[record]])
					continue;
				renamed[p->owner[record]] = true;
				rename_provider(a, p, p->owner[record]);
			} else {
				p->edit[p->edit_count++] = (GenPlannedEdit){record, field};
			}
			wanted--;
		}
	}
	CHECK(wanted == 0);
	if (p->edit_count)
		qsort(p->edit, p->edit_count, sizeof *p->edit, by_record);
}

static u32 add_group(u32 groups, Rand *r) {
	u32 more = groups;
	while (more == groups)
		more |= 1u << rand_next(r) % REGISTER_TARGET_GROUPS;
	return more;
}

void gen_edit_service(Arena *a, GenPlan *p, GenService *s, const GenPlannedEdit *edit) {
	Rand r = rand_seed(gen_mix(p->o.seed ^ 0xED, (u64)s->index * GEN_FIELDS + (u64)edit->field));
	RegisterEdit *e = report(p, edit->field);
	e->identifier = str_format(a, "%07u", s->identifier);
	GenCapacity *capacity = &s->form[0].capacity[0];
	GenPlace *last = &s->place[s->places - 1];
	Buf text = {0};                                  /* what the writer would write */
	switch (edit->field) {
	case FIELD_CAPACITY_COUNT:
		e->old = str_format(a, "%lld", (long long)capacity->count);
		gen_put_description(&text, capacity);        /* one field changes: the description keeps the old number */
		capacity->description = buf_take(&text, a);
		capacity->count += 1 + (i64)(rand_next(&r) % 5);
		e->new = str_format(a, "%lld", (long long)capacity->count);
		break;
	case FIELD_CAPACITY_DESCRIPTION:
		gen_put_description(&text, capacity);
		e->old = buf_take(&text, a);
		e->new = capacity->description = str_format(a, "Kapacita podle rozhodnutí o změně registrace č. %d.", (int)rand_range(&r, 100, 999));
		break;
	case FIELD_FACILITY_NAME:
		gen_put_place_name(&text, s, 0);
		e->old = buf_take(&text, a);
		e->new = s->place[0].name = str_cat(a, e->old, S(" – nové působiště"));
		break;
	case FIELD_HOUSE_NO:
		e->old = str_format(a, "%u", last->house_no);
		last->house_no += 1 + (u32)(rand_next(&r) % 50);
		e->new = str_format(a, "%u", last->house_no);
		break;
	case FIELD_PHONES:
		gen_put_phone(&text, s->phone);
		e->old = buf_take(&text, a);
		s->phone = (s->phone + 1 + (u32)(rand_next(&r) % 900000)) % 1000000;
		gen_put_phone(&text, s->phone);
		e->new = buf_take(&text, a);
		break;
	case FIELD_EMAILS:
		gen_put_email(&text, s);
		e->old = buf_take(&text, a);
		e->new = s->email = str_format(a, "zmena%u@example.org", s->portal_id);
		break;
	case FIELD_TARGET_GROUPS:
		gen_put_groups(&text, s->groups);
		e->old = buf_take(&text, a);
		s->groups = add_group(s->groups, &r);
		gen_put_groups(&text, s->groups);
		e->new = buf_take(&text, a);
		break;
	case FIELD_TARGET_NOTE:
		e->old = s->target_note;
		e->new = s->target_note = str_format(a, "Od %d let, po dohodě i dříve.", (int)rand_range(&r, 3, 60));
		break;
	case FIELD_PROVIDER_NAME:
	case GEN_FIELDS:
		CHECK(edit->field != FIELD_PROVIDER_NAME);   /* providers are renamed while planning */
	}
	buf_free(&text);
}
