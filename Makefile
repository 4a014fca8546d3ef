# make            the program, build/sitovka
# make help       everything else
#
# Sources are found by name: src/**/*.c, tests/**/*.c, templates src/**/*.html, statements src/**/*.sql. Adding a file needs
# no edit here. Everything made lies in build/: gen/ (C from templates, statements, assets), tools/, <compiler>-<mode>/.

MODE ?= release
CC   := $(if $(filter default,$(origin CC)),gcc,$(CC))
ifneq ($(filter fuzz,$(MODE)),)
CC   := clang
endif

B    := build/$(notdir $(CC))-$(MODE)
GEN  := build/gen
TOOL := build/tools

# ---------------------------------------------------------------- compiler

LIBS     := -lmicrohttpd -lsqlite3 -lpq -lsodium -licui18n -licuuc -licudata -lz -lxlsxwriter -lcmark -larchive -lexpat -lcurl-gnutls -loath -lqrencode -lrhonabwy -lseccomp -lgmp -lpthread -lm
CPPFLAGS := -D_GNU_SOURCE -Isrc -I. -I$(GEN) -isystem $(shell pg_config --includedir 2>/dev/null)
WARN     := -Wall -Wextra -Wpedantic -Wno-gnu-zero-variadic-macro-arguments -Wconversion -Wshadow -Wformat=2 -Wvla \
            -Wstrict-prototypes -Wmissing-prototypes -Wno-missing-field-initializers -Werror
IS_CLANG := $(findstring clang,$(CC))
WARN     += $(if $(IS_CLANG),-Wno-gnu-statement-expression -Wno-gnu-empty-struct -Wno-gnu-folding-constant -Wno-gnu-case-range,)

FLAGS_release := -O2 -g -DRELEASE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fcf-protection=full \
                 -ftrivial-auto-var-init=$(if $(IS_CLANG),pattern,zero) -fPIE
LINK_release  := -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code
FLAGS_debug   := -O0 -g3
# -Og: what -O1 does beyond it takes the compiler two fifths longer, and the tests run no faster
FLAGS_san     := -Og -g1 -fno-omit-frame-pointer -ftrivial-auto-var-init=pattern -fsanitize=address,undefined -fno-sanitize-recover=all
LINK_san      := -fsanitize=address,undefined
FLAGS_tsan    := -O1 -g -fno-omit-frame-pointer -fsanitize=thread
LINK_tsan     := -fsanitize=thread
FLAGS_cov     := -O0 -g --coverage -fprofile-update=atomic
LINK_cov      := --coverage
# processes that lock themselves in may not write counters, and would say so into the output of the tool that they start
$(B)/src/core/child_helper.o $(B)/src/core/child_tool.o $(B)/src/core/sandbox.o $(B)/src/core/sandbox_calls.o: FLAGS_cov := -O0 -g
FLAGS_fuzz    := $(FLAGS_san) -fsanitize=fuzzer-no-link
LINK_fuzz     := $(LINK_san)

# -fexceptions: CLEANUP runs when control leaves for want of memory (base/arena.h)
CFLAGS  = -std=gnu17 -fexceptions $(WARN) -ffile-prefix-map=$(CURDIR)=. $(FLAGS_$(MODE))
LDFLAGS = $(LINK_$(MODE))

# ------------------------------------------------------------------- files

find_c     = $(sort $(shell find $(1) -name '*.c' 2>/dev/null))
TEMPLATES := $(sort $(shell find src -name '*.html'))
SQLS      := $(sort $(shell find src -name '*.sql' -not -path '*/schema/*'))
SCHEMAS   := $(sort $(shell find src -type d -name schema))
SCHEMA_SQLS := $(sort $(shell find src -name '*.sql' -path '*/schema/*'))
ASSETS    := $(sort $(shell find assets -type f 2>/dev/null) \
             $(shell find data -type f -not -name '*.md' -not -iname '*licen[cs]e*' 2>/dev/null))

GEN_C     := $(TEMPLATES:src/%=$(GEN)/%.c) $(SQLS:src/%=$(GEN)/%.c) $(SCHEMAS:src/%=$(GEN)/%.c) $(GEN)/sql_all.c $(GEN)/assets.c
GEN_H     := $(TEMPLATES:src/%=$(GEN)/%.h) $(SQLS:src/%=$(GEN)/%.h) $(SCHEMAS:src/%=$(GEN)/%.h) $(GEN)/assets.h

SRC_C     := $(call find_c,src)
LIB_C     := $(filter-out src/app/main.c,$(SRC_C))
LIB_O     := $(LIB_C:%.c=$(B)/%.o) $(GEN_C:build/%.c=$(B)/%.o)
BASE_O    := $(filter $(B)/src/base/%,$(LIB_O))
# tests and fuzz targets see the tools' insides, and compile templates of their own
TOOL_LIB_O := $(patsubst %.c,$(B)/%.o,$(wildcard tools/*/*.c))
TEST_TEMPLATES := $(wildcard tests/templates/*.html)
TEST_GEN_O := $(TEST_TEMPLATES:%=$(B)/gen/%.o)
TEST_GEN_H := $(TEST_TEMPLATES:%=$(GEN)/%.h)
TOOL_NAMES := $(notdir $(basename $(wildcard tools/*.c)))

# V=1 shows the whole commands
Q := $(if $(V),,@)

.DEFAULT_GOAL := all
.SECONDARY:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

all: $(if $(filter gcc-release,$(notdir $(B))),build/sitovka,$(B)/sitovka)

build/sitovka: $(B)/sitovka
	@cp $< $@.new && mv -f $@.new $@        # a running program keeps its own file

$(B)/sitovka: $(B)/src/app/main.o $(LIB_O)
	$(if $(V),,@echo "  $(notdir $(CC))-$(MODE)  $@")
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/%.o: %.c | $(GEN_H) $(TEST_GEN_H)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  $(notdir $(CC))-$(MODE)  $@")
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/gen/%.o: $(GEN)/%.c | $(GEN_H)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  $(notdir $(CC))-$(MODE)  $@")
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

-include $(shell find $(B) -name '*.d' 2>/dev/null)

# ------------------------------------------------- tools and generated code

TOOL_CFLAGS := -std=gnu17 $(filter-out -Wno-gnu%,$(WARN)) -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
TOOL_ENV    := ASAN_OPTIONS=detect_leaks=0

.SECONDEXPANSION:
$(TOOL)/%: tools/%.c $(wildcard tools/*.h) $$(wildcard tools/$$*/*.c tools/$$*/*.h) $(addprefix src/base/,base.c arena.c str.c buf.c) $(wildcard src/base/*.h)
	@mkdir -p $(@D)
	$(if $(V),,@echo "  tool  $@")
	$(Q)gcc -D_GNU_SOURCE -Isrc -I. $(TOOL_CFLAGS) -o $@ $(filter %.c,$^) -lbrotlienc -lz

$(GEN)/%.html.c $(GEN)/%.html.h &: src/%.html $(TOOL)/template
	@mkdir -p $(@D)
	$(Q)$(TOOL_ENV) $(TOOL)/template $< $(GEN)/$*.html.c $(GEN)/$*.html.h

$(GEN)/tests/%.html.c $(GEN)/tests/%.html.h &: tests/%.html $(TOOL)/template
	@mkdir -p $(@D)
	$(Q)$(TOOL_ENV) $(TOOL)/template $< $(GEN)/tests/$*.html.c $(GEN)/tests/$*.html.h

$(GEN)/%.sql.c $(GEN)/%.sql.h &: src/%.sql $(TOOL)/sql
	@mkdir -p $(@D)
	$(Q)$(TOOL_ENV) $(TOOL)/sql $< $(GEN)/$*.sql.c $(GEN)/$*.sql.h

# every statement of the program in one array, for the test that prepares them all; schemas say which tables are dated
$(GEN)/sql_all.c: $(SQLS) $(SCHEMA_SQLS) $(TOOL)/sql
	@mkdir -p $(@D)
	$(Q)$(TOOL_ENV) $(TOOL)/sql --all $@ $(SQLS) $(SCHEMA_SQLS)

$(GEN)/%/schema.c $(GEN)/%/schema.h &: $$(wildcard src/%/schema/*.sql) $(TOOL)/sql
	@mkdir -p $(@D)
	$(Q)$(TOOL_ENV) $(TOOL)/sql --schema $(GEN)/$*/schema.c $(GEN)/$*/schema.h $(filter %.sql,$^)

# folders too: their time changes when a file leaves
$(GEN)/assets.c $(GEN)/assets.h &: $(ASSETS) $(shell find assets data -type d 2>/dev/null) $(TOOL)/assets
	@mkdir -p $(@D)
	$(Q)$(TOOL_ENV) $(TOOL)/assets $(GEN)/assets.c $(GEN)/assets.h $(ASSETS)

# ------------------------------------------------------------------- tests

TESTS := $(B)/tests-unit $(B)/tests-domain

$(B)/tests-unit $(B)/tests-domain: $(B)/tests-%: $(LIB_O) $(B)/tests/test.o $$(addprefix $(B)/,$$(addsuffix .o,$$(basename $$(call find_c,tests/% tests/support)))) $(TOOL_LIB_O) $(TEST_GEN_O)
	$(if $(V),,@echo "  $(notdir $(CC))-$(MODE)  $@")
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/scenes: $(BASE_O) $(B)/gen/assets.o $$(patsubst %.c,$(B)/%.o,$$(call find_c,tests/scenes))
	$(if $(V),,@echo "  $(notdir $(CC))-$(MODE)  $@")
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

FUZZ := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c))
$(B)/fuzz-%: $(B)/tests/fuzz/%.o $(LIB_O) $(TOOL_LIB_O) $(TEST_GEN_O)
	$(if $(V),,@echo "  $(notdir $(CC))-$(MODE)  $@")
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

include Makefile.verbs


.PHONY: all
