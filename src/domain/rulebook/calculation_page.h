/* calculation_page.h: the page of a kept computation, its PDF, and the list of computations that other subjects show beside their record. */
#pragma once
#include "core/jobs.h"
#include "domain/rulebook/calculation.h"
#include "domain/rulebook/rulebook_page.h"

Err page_calculation(Req *r);
Err page_calculation_pdf(Req *r);
Err job_calculation_pdf(Ctx *c, Job *job);

typedef struct CalculationLine { Str href, title, result; Instant made_at; } CalculationLine;
VIEW_LIST(CalculationLine, CalculationLines);
/* Of calculations_of, for {% use calculations(lines) %}. */
CalculationLines calculation_lines(Arena *a, const Calculations *all);

typedef struct CalculationPage {
	Str              title, lead, pdf_href, back;
	PairViews        facts;
	NoteView         again;                  /* does it come out again */
	RuleStep        *tree;
	CalculationLines others;
} CalculationPage;
