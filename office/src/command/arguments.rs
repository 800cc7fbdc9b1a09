//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// The coordinators' office: register of customers, co-testing calendar, archivist's desk.
#[derive(Debug, Parser)]
#[command(name = "kantakoe-office", version)]
pub(super) struct Arguments {
    /// File of settings (TOML); without one the office runs on loopback with SQLite under ./office-data
    #[arg(long, global = true, value_name = "FILE", env = "KANTAKOE_OFFICE_SETTINGS")]
    pub settings: Option<PathBuf>,
    /// Fill an empty office with 40 invented customers, and give out a link for one account of each role
    #[arg(long)]
    pub sample: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the program does; without a command it serves the office.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serve the office (what is done without a command)
    Serve,
    /// Check the hash chain of the access log
    CheckLog,
    /// Copy the database into a new file, while the office runs (SQLite)
    Backup {
        /// The new file
        file: PathBuf,
    },
    /// Put a backup in the place of the database; what was destroyed since is destroyed again (SQLite)
    Restore {
        /// The backup
        file: PathBuf,
    },
    /// Make a new one-time link for an account whose password or second factor is lost
    Link {
        /// Sign-in name of the account
        login: String,
    },
    /// Fill an empty database with invented customers, to measure with
    Fill {
        /// Customers
        #[arg(long, default_value_t = 5000)]
        customers: usize,
        /// Contacts of each
        #[arg(long, default_value_t = 10)]
        contacts: usize,
        /// Entries of the access log
        #[arg(long, default_value_t = 1_000_000)]
        log: usize,
    },
}
