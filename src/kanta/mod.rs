//! kanta
