//! The `kantakoe` program.

fn main() -> std::process::ExitCode {
    kantakoe::cli::start().into()
}
