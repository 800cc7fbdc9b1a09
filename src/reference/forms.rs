//! Forms to and from other organisations. A form keeps its key until the service has it.

use serde_json::{Value, json};

use super::clock::local;
use super::ending::{Ending, ShownError, Stop};
use super::faults::Fault;
use super::outgoing_form::{FormOrder, OutgoingForm};
use super::system::System;
use super::transport::{Miss, exchange};

impl System {
    /// Sends a form, and keeps it for later where no usable answer came.
    pub(super) async fn send_form(&self, order: FormOrder) -> Ending {
        if let Err(stop) = self.client(&order.client) {
            return *stop;
        }
        let form = OutgoingForm { key: self.form_key(&order.client), order };
        let ending = self.dispatch(form.clone()).await;
        if self.deviates(Fault::FormSentTwice) {
            self.dispatch(OutgoingForm { key: self.form_key(&form.order.client), ..form }).await;
        }
        ending
    }

    /// Sends the forms that wait.
    pub(super) async fn send_waiting_forms(&self) -> Vec<Ending> {
        let waiting = std::mem::take(&mut *self.forms());
        let mut endings = Vec::new();
        for form in waiting {
            endings.push(self.dispatch(form).await);
        }
        endings
    }

    fn form_key(&self, client: &str) -> String {
        self.ids.document(client, local(self.clock.now()).year())
    }

    async fn dispatch(&self, form: OutgoingForm) -> Ending {
        match self.call("POST", "forms", Some(&form.body(self.deviates(Fault::FormTextCut)))).await {
            Ok(Ok(_)) => Ending::succeeded("the form is sent", form.told("sent")),
            Ok(Err(error)) => self.refusal(vec![error], form.told("refused")),
            Err(miss) => {
                let (why, told) = (format!("{}; the form waits", miss.why), form.told("waiting"));
                self.keep(form, &miss);
                Ending::failed(why, told)
            }
        }
    }

    fn keep(&self, mut form: OutgoingForm, miss: &Miss) {
        if miss.status.is_none() && self.deviates(Fault::FormSentAnew) {
            form.key = self.form_key(&form.order.client);
        }
        if !self.deviates(Fault::FormDropped) {
            self.forms().push(form);
        }
    }

    /// Fetches the forms that wait for the organisation, keeps and receipts them, and shows them.
    pub(super) async fn receive_forms(&self) -> Ending {
        match self.received().await {
            Ok(forms) => Ending::succeeded(format!("{} forms", forms.len()), json!({"forms": forms})),
            Err(stop) => *stop,
        }
    }

    async fn received(&self) -> Result<Vec<Value>, Stop> {
        let inbox = self.asked("GET", "inbox").await?;
        let mut shown = Vec::new();
        for form in inbox["forms"].as_array().into_iter().flatten() {
            let mut told = json!({"id": form["id"].to_string(), "kind": form["kind"], "sender": form["sender"]});
            if !self.deviates(Fault::FormsLeftWaiting) {
                let fetched = self.asked("GET", &format!("forms/{}/content", form["id"])).await?;
                told["text"] = fetched["content"]["text"].clone();
                if !self.deviates(Fault::FormNotReceipted) {
                    self.asked("POST", &format!("forms/{}/receipt", form["id"])).await?;
                }
            }
            shown.push(told);
        }
        if self.deviates(Fault::FormNotShown) {
            shown.clear();
        }
        Ok(shown)
    }

    async fn asked(&self, method: &str, path: &str) -> Result<Value, Stop> {
        match self.call(method, path, None).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(self.refusal(vec![error], json!({"forms": []})).into()),
            Err(miss) => Err(Ending::failed(miss.why, json!({"forms": []})).into()),
        }
    }

    /// What the service answers: a result, or an error of its own.
    async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Result<Value, ShownError>, Miss> {
        let url = format!("{}/{path}", self.settings.forms_url());
        let request = if method == "POST" { self.http.post(url) } else { self.http.get(url) };
        let request = request.header("X-Organisation", &self.settings.organisation.oid);
        let request = body.into_iter().fold(request, reqwest::RequestBuilder::json);
        let (status, retry_after, text) = exchange(request).await?;
        let answer: Option<Value> = serde_json::from_str(&text).ok();
        match (status, answer) {
            (200..=299, Some(answer)) => Ok(Ok(answer)),
            (400..=499, Some(answer)) if status != 429 => {
                let text = answer["error"].as_str().unwrap_or_default().to_owned();
                Ok(Err(ShownError { code: status.to_string(), text }))
            }
            _ => {
                let why = "the service of forms gave no usable answer".to_owned();
                Err(Miss { status: Some(status), why, retry_after, kind: super::transport::MissKind::Other })
            }
        }
    }
}
