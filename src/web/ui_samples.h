/* ui_samples.h: every component in its states with invented content, for the developers' page /_ui and for the golden tests. */
#pragma once
#include "web/frame.h"

typedef struct UiSample {
	const char *name;                            /* of the component and of its golden file */
	void      (*show)(Out *out);
} UiSample;
extern const UiSample ui_samples[];
extern const size_t   ui_sample_count;

void view_ui_sample(Out *out, const UiSample *s);
void view_ui_sign_in_form(Out *out);
/* A frame for pictures of the page; the served page has the frame of the installation. */
void ui_sample_frame(Out *out, bool signed_in, void (*content)(Out *out));
