//! The command `diagram`.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
