//! Prints the page `docs/events.md`.
#![allow(clippy::print_stdout)]

fn main() {
    print!("{}", lexicon::events::page());
}
