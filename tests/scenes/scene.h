/* scene.h: a scene is a short story of requests and expectations; docs/testing.md has the language. */
#pragma once
#include "tests/scenes/client.h"
#include "tests/scenes/page.h"

/* One visitor that signed in during this run; scenes share the session. */
typedef struct Visitor {
	Str name;
	Jar jar;
} Visitor;

/* The program under test and what all scenes of a run share. */
typedef struct Stage {
	Arena   *arena;                          /* lives as long as the run */
	Str      program, store, state;          /* state: folder of the secret and files */
	int      port;
	Str      domain, password;               /* of the demo accounts */
	Visitor *visitors;
	size_t   visitor_len, visitor_cap;
} Stage;

typedef struct Scene {
	Str  file, title;
	int  line;
	Strs steps;                              /* one line each */
	int *lines;                              /* of each step */
	size_t line_len, line_cap;
} Scene;

typedef struct Scenes {
	Scene *at;
	size_t len, cap;
} Scenes;

/* Add the scenes of a file's text. False with *why for a line that stands before the first scene. */
bool scenes_read(Arena *a, Str file, Str text, Scenes *ret, Str *why);
/* Play one. False with *why: the step that did not hold and what was there instead. */
bool scene_play(Stage *stage, const Scene *scene, Arena *a, Str *why);
