//! Systems and gateways that lie: none passes a scenario that asks for what it did not do.

mod answers;
mod between;
mod changes;
mod declaring;
mod front;
mod gateway;
mod opaque;
mod silent;
mod stand;
mod undone;
