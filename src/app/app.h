/* app.h: the program around the modules: options of the command line, opening a store, serving. */
#pragma once
#include "core/sandbox.h"
#include "web/module.h"

typedef struct AppOptions {
	Str    db;                               /* file or postgresql://… ; var/sitovka.db unless given */
	Str    listen;                           /* 127.0.0.1:8080 */
	Str    origin;                           /* of links and of the forgery check; from `listen` unless given */
	Str    proxy;                            /* address of the reverse proxy */
	Str    state;                            /* folder of secret, files; beside the SQLite file unless given */
	Str    oidc_secret;                      /* file with the secret by which we are known to the provider of identity */
	Str    keys;                             /* file of the keys that seal secrets in the store (core/seal.h); in `state` unless given */
	Str    size, without;                    /* of the demo, and subjects without samples: "plan,consultation" */
	Str    mail_password, mail_ca;           /* files; mail-password of the credentials of systemd or of the folder --state unless given */
	Str    backups, backup_key, backup_private_key;  /* folder and key files; no backups by itself without the first two */
	Str    log;                              /* a file instead of stderr, opened again at SIGHUP */
	Str    pdf_command;                      /* core/print.h; WeasyPrint unless given */
	Str    scanner;                          /* socket of clamd that looks at files that come (core/scan.h); none unless given */
	bool   behind_proxy, quiet;
	SandboxAnswer sandbox;                   /* to a forbidden call; core/sandbox.h */
	int    argc;                             /* what is left after the verb and the options */
	char **argv;
} AppOptions;

/* Reads --name value and --name=value anywhere; false with *why. */
bool app_read_options(Arena *a, int argc, char **argv, AppOptions *ret, Str *why);

/* Number of the listening socket that a supervisor opened, 0 = none. */
int  app_given_socket(const AppOptions *o);

typedef struct App {
	Arena      arena;                        /* for the life of the program */
	AppOptions o;
	Db        *db;
	Str        state_folder;
	u8         secret[32];
	bool       demo;
} App;

/* Folder of the secret and files: of --state, or beside the store. */
Str          app_state_folder(Arena *a, const AppOptions *o);
/* Rows of all modules to the mechanisms: capabilities, roles, jobs, settings. */
MUST_USE Err app_hand_over(Arena *a);
/* Open and migrate the store, hand every module's rows over to core and web, run their start. Says on stderr what went wrong. */
MUST_USE Err app_open(App *app, bool create, bool migrate);
void         app_close(App *app);
Ctx          app_ctx(App *app, Arena *a);
int          app_serve(App *app);
/* The program locks itself in: files before the first thread starts, calls of the kernel when everything runs. */
void         app_confine_files(App *app);
bool         app_confine_calls(App *app);
int          cli_verify(Ctx *c, int argc, char **argv);
/* Prints what a command left in the Ctx; exit code. */
int          app_say(const Ctx *c, Err e);

/* ---- backup_cli.c ---- */

int app_backup_key(App *app);
int app_restore(App *app);
/* verify --backup where there is no store: a backup is rehearsed on another machine, with what was kept there. */
bool app_wants_rehearsal(const App *app, const char *command);
int  app_rehearse(App *app);
int cli_backup(Ctx *c, int argc, char **argv);
int cli_backups(Ctx *c, int argc, char **argv);
/* `verify --backup FILE`; of the running store without it. */
int cli_verify_backup(Ctx *c, Str file, Str key);
Err job_backup(Ctx *c, Job *job);
Err job_rehearse(Ctx *c, Job *job);
/* Once a minute while serving: queue what is due. */
void app_backup_tick(App *app);

const Migration *all_migrations(size_t *count);
