//! Tests of the office from outside, one module a subject. Each test has its own database, clock and folder.

mod access;
mod architecture;
mod co_testing;
mod desk;
mod imports;
mod log;
mod messages;
mod night;
mod notice;
mod pages;
mod process;
mod register;
mod rights;
mod schemas;
mod sign_in;
mod smtp;
mod support;
mod texts;
