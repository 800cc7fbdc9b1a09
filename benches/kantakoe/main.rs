//! Measures the harness: `cargo bench` for messages, one exchange and the start, `cargo bench -- --help` for the rest.
//! Figures of different machines cannot be compared; ratios can.

mod archive;
mod load;
mod memory;
mod messages;
mod notices;
mod print;
mod stand;
mod start;
mod times;
mod use_log;

use clap::Parser;

use self::load::CALLERS;
use self::print::say;
use self::stand::Stopped;

/// Measures the endpoint, the judge of use logs and the archive.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many messages to send.
    #[arg(long, default_value_t = 2_000)]
    messages: u32,
    /// Measure the judging of a use log of so many entries instead.
    #[arg(long, value_name = "NUMBER")]
    log_entries: Option<u64>,
    /// Watch the memory over so many exchanges with evidence on disk instead.
    #[arg(long, value_name = "NUMBER")]
    exchanges: Option<u64>,
    /// Measure searches in an archive of so many documents instead.
    #[arg(long, value_name = "NUMBER")]
    documents: Option<u32>,
    /// Measure disclosure notices instead of messages to the archive.
    #[arg(long)]
    notices: bool,
    /// Do every measurement with a handful of messages, to see that each one works.
    #[arg(long)]
    quick: bool,
    /// Given by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

#[tokio::main]
async fn main() -> Result<(), Stopped> {
    let arguments = Arguments::parse();
    let number = arguments.messages.max(CALLERS as u32);
    if arguments.quick {
        return quick().await;
    }
    let text = match (arguments.log_entries, arguments.documents, arguments.exchanges) {
        (Some(entries), ..) => use_log::measure(entries)?,
        (_, Some(documents), _) => archive::measure(documents).await?,
        (_, _, Some(exchanges)) => memory::measure(exchanges).await?,
        _ if arguments.notices => notices::measure(number).await?,
        _ => format!("{}\n{}", messages::measure(number).await?, start::measure().await?),
    };
    Ok(say(&text)?)
}

async fn quick() -> Result<(), Stopped> {
    say(&messages::measure(16).await?)?;
    say(&start::measure().await?)?;
    say(&notices::measure(16).await?)?;
    say(&memory::measure(100).await?)?;
    say(&archive::measure(200).await?)?;
    Ok(say(&use_log::measure(3_000)?)?)
}
