/* line_supply.c: what the network gives today, for the picture of needs: each line by the shares of its districts. */
#include "domain/needs/gap.h"
#include "domain/network/line_supply.h"
#include "domain/network/sit.h"

static void add_line(Ctx *c, const LineWhole *l, NetworkCapacities *to) {
	i64  parts[64];
	bool is_fte = str_eq(l->line->unit, S("U")), is_bed = str_eq(l->line->unit, S("L"));
	line_split(l, l->line->capacity.hundredths, line_step(l), parts);
	for (size_t i = 0; i < l->area_count; i++)
		*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = (NetworkCapacity){
			.district = l->areas[i].district ? l->areas[i].district->id : 0, .kind = l->line->kind, .groups = l->line->target_groups,
			.fte = is_fte ? parts[i] : BLANK, .beds = is_bed ? parts[i] : BLANK};
}

static Err lines_today(Ctx *c, LineWholes *ret) {
	Network *basic;
	LineWholes all;
	*ret = (LineWholes){0};
	size_t said = c->problems.len;
	Err    err = network_of_tier(c, (Str){0}, &basic);
	if (err == ERR_NOT_FOUND) {
		c->problems.len = said;
		return OK;
	}
	TRY(err);
	TRY(lines_of(c, basic->head.id, TODAY, &all));
	lines_in_network(c->arena, &all, ret);
	return OK;
}

static Err supply(Ctx *c, bool *known, NetworkCapacities *ret) {
	LineWholes lines;
	*ret = (NetworkCapacities){0};
	TRY(lines_today(c, &lines));
	*known = lines.len > 0;
	for (size_t i = 0; i < lines.len; i++)
		add_line(c, &lines.at[i], ret);
	return OK;
}

const NetworkSource line_supply = {
	"V síti znamená kapacitu řádků základní sítě platných dnes, rozdělenou do obvodů podle územní působnosti.", true, supply};
