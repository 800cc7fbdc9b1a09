//! Tests of the office from outside, one module a subject. Each test has its own database, clock and folder.

mod access;
mod architecture;
mod imports;
mod log;
mod messages;
mod night;
mod notice;
mod pages;
mod register;
mod rights;
mod sign_in;
mod support;
mod texts;
