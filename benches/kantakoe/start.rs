//! How long `kantakoe endpoint` takes from its start to its first answer.

use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use super::load::client;
use super::stand::Stopped;
use super::times::{milliseconds, share};

/// How often it is measured.
const ROUNDS: usize = 9;

/// The medians, in a line: of the first answer, and of a start of this program that does nothing.
pub async fn measure() -> Result<String, Stopped> {
    let (mut answers, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bare.push(bare_start().await?);
        answers.push(first_answer().await?);
    }
    let (answer, bare) = (median(answers), median(bare));
    Ok(format!(
        "start to first answer: {:.1} ms (budget 50 ms), {:.1} times a start that does nothing ({:.1} ms); medians",
        milliseconds(answer),
        answer.as_secs_f64() / bare.as_secs_f64().max(f64::EPSILON),
        milliseconds(bare)
    ))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    share(&times, 0.5)
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kantakoe"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
    command
}

async fn bare_start() -> Result<Duration, Stopped> {
    let began = Instant::now();
    program().arg("--version").output().await?;
    Ok(began.elapsed())
}

/// The endpoint says where it listens once it does; then its WSDL is asked for.
async fn first_answer() -> Result<Duration, Stopped> {
    let client = client()?;
    let began = Instant::now();
    let mut endpoint = program().args(["endpoint", "--bind", "127.0.0.1:0", "--tls", "off"]).spawn();
    let endpoint = endpoint.as_mut().map_err(|error| error.to_string())?;
    let said = endpoint.stdout.take().ok_or("the endpoint has no output")?;
    let line = BufReader::new(said).lines().next_line().await?.unwrap_or_default();
    let url = line.split_whitespace().last().unwrap_or_default();
    let answer = client.get(format!("{url}?wsdl")).send().await?;
    answer.error_for_status()?.bytes().await?;
    let took = began.elapsed();
    // One that has ended by itself cannot be killed, which is no error.
    let _ = endpoint.kill().await;
    Ok(took)
}
