# Recipes for people who work on diagram. `just` lists them.

[private]
default:
    @just --list --unsorted

# What CI runs: formatting, lints, build, tests
ci:
    .ci/run

# Run the tests; with words, only those whose names have them
test *words:
    cargo test {{ words }}

# Format the code
fmt:
    cargo fmt

# Draw the examples, take the figures of all pictures, print the schema, and write them over the committed ones; then look at `git diff`
accept:
    DIAGRAM_ACCEPT=1 cargo test --test integration -- documents scorecard schema codes

# Every picture as an older revision drew it beside how it is drawn now: target/gallery/index.html
gallery old="HEAD":
    mkdir -p target/gallery
    -git worktree remove --force target/gallery/source 2>/dev/null
    git worktree add --force --detach target/gallery/source {{ old }}
    cargo build --manifest-path target/gallery/source/Cargo.toml --target-dir target/gallery/build
    git worktree remove --force target/gallery/source
    GALLERY_OLD={{ justfile_directory() }}/target/gallery/build/debug/diagram GALLERY_OLD_NAME={{ old }} \
        cargo test --test integration gallery -- --ignored --nocapture

# Measure every stage; with words, only those benchmarks whose names have them
bench *words:
    cargo bench --bench stages -- {{ words }}

# Check the licences and advisories of the dependencies (needs cargo-deny)
deny:
    cargo deny check

# Read the documentation of the library, private items included
doc:
    cargo doc --no-deps --document-private-items --open

# Try random topologies that CI does not: so many of each kind, from that number on
hunt cases="5000" first="100000":
    DIAGRAM_CASES={{ cases }} DIAGRAM_FIRST={{ first }} cargo test --release --test integration keep_the_invariants -- --nocapture

# Damage documents at random, so many, from that number on: each is read or refused, soon
damage cases="20000" first="100000":
    DIAGRAM_MUTATIONS={{ cases }} DIAGRAM_FIRST={{ first }} cargo test --release --test integration mutations -- --nocapture
