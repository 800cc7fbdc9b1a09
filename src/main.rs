//! The `kantakoe` program.

fn main() {}
