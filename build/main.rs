//! Makes types and tables of the program from data: what is not in the data does not compile, and what stands in the
//! folders ships.

#![expect(clippy::print_stdout, reason = "a build script talks to cargo on stdout")]

mod keys;
mod shipped;

fn main() {
    println!("cargo::rerun-if-changed=build");
    keys::make();
    shipped::make();
}
