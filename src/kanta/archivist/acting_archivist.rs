//! Who acts, for which customer, in whose register.

use super::refusal::ArchivistRefusal;
use crate::kanta::core::Core;
use crate::kanta::exchange::Arrival;

const ARCHIVIST: &str = "x-archivist";
const CONTROLLER: &str = "x-controller";
const REGISTER: &str = "x-register";
const LONGEST_NAME: usize = 200;

/// Who acts. The archivist of several customers says each time for which one.
#[derive(Debug, Clone, Default)]
pub(super) struct ActingArchivist {
    pub archivist: String,
    pub controller: String,
    pub register: String,
}

impl ActingArchivist {
    /// Who the headers say, cut to what a log takes.
    pub(super) fn named(arrival: &Arrival) -> Self {
        let header = |name| arrival.header(name).map(str::trim).unwrap_or_default();
        let text = |name| header(name).chars().take(LONGEST_NAME).collect::<String>();
        let controller = text(CONTROLLER);
        let register = Some(text(REGISTER)).filter(|register| !register.is_empty());
        Self { archivist: text(ARCHIVIST), register: register.unwrap_or_else(|| controller.clone()), controller }
    }

    /// Whether they may act at all: the certificate is the controller's, and the controller answers for the
    /// register. Without TLS there is no certificate to look at.
    pub(super) fn may_act(&self, core: &Core, arrival: &Arrival) -> Result<(), ArchivistRefusal> {
        for (name, value) in [(ARCHIVIST, &self.archivist), (CONTROLLER, &self.controller)] {
            if value.is_empty() {
                return Err(ArchivistRefusal::Unnamed(name));
            }
        }
        let is_another = |number: &String| *number != self.controller;
        if arrival.caller.serial_number.as_ref().is_some_and(is_another) {
            return Err(ArchivistRefusal::NotTheirs(self.controller.clone()));
        }
        let pair = (self.controller.clone(), self.register.clone());
        let answers = core.answerable.as_ref().is_some_and(|pairs| pairs.contains(&pair));
        if self.controller != self.register && !answers {
            return Err(ArchivistRefusal::NotAnswerable { controller: pair.0, register: pair.1 });
        }
        Ok(())
    }
}
