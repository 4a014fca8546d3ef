#!/bin/bash
# tests/cov.sh: which lines and branches the unit and domain tests reach: build/cov/index.html and a summary.
set -eu
cd "$(dirname "$0")/.."
tools/packages.sh build test check
make --no-print-directory -s MODE=cov -j"$(nproc)" build/gcc-cov/tests-unit build/gcc-cov/tests-domain
find build/gcc-cov -name '*.gcda' -delete
build/gcc-cov/tests-unit >build/cov-unit.log || true
build/gcc-cov/tests-domain >build/cov-domain.log || true
mkdir -p build/cov
gcovr --root . --filter src/ --exclude-unreachable-branches --exclude-throw-branches --html-details build/cov/index.html \
	--print-summary --sort-percentage build/gcc-cov
