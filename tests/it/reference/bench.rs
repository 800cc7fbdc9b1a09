//! A reference system between a driver and a scripted Kanta.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use kantakoe::pki::{CertificateSubject, Identities, Identity, TestAuthority};
use kantakoe::reference::{
    Fault, IdentityFiles, LapsedFiles, Organisation, PemPair, Professional, ReferenceSettings, RetryPolicy,
    RunningReference, Variant, start,
};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// Identity code of the client of most tests.
pub const CLIENT: &str = "010181-900C";
/// Identity code of another client.
pub const OTHER_CLIENT: &str = "150675-901X";
pub const ORGANISATION: &str = "1.2.246.10.99999991.10.0";

/// One answer of the scripted Kanta.
#[derive(Debug, Clone)]
pub enum Reply {
    /// AA, or a transaction response.
    Accept,
    /// AE with this error code, or an OperationOutcome with it.
    Refuse(&'static str),
    /// AA for another message.
    OtherTarget,
    /// This status, without a body, with Retry-After where given.
    Status(u16, Option<&'static str>),
    /// Status 200 with this body.
    Body(String),
    /// A query answer with this response code and these documents.
    Found(&'static str, String),
}

/// What Kanta answers, in order; when it has no more, it accepts.
#[derive(Debug, Clone, Default)]
struct Script(Arc<Mutex<Vec<Reply>>>);

impl Respond for Script {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut replies = self.0.lock().expect("script");
        let reply = if replies.is_empty() { Reply::Accept } else { replies.remove(0) };
        let body = String::from_utf8_lossy(&request.body);
        if request.url.path() == "/fhir" { fhir(&reply, &body) } else { soap(&reply, &body) }
    }
}

fn soap(reply: &Reply, request: &str) -> ResponseTemplate {
    let own = between(request, &format!("id root=\"{ORGANISATION}\" extension=\""), "\"");
    let answer = match reply {
        Reply::Accept if request.contains("queryByParameter") => query_answer(&own, "NF", ""),
        Reply::Accept => acknowledgement("AA", &own, ""),
        Reply::Refuse(code) => acknowledgement("AE", &own, code),
        Reply::OtherTarget => acknowledgement("AA", "4711", ""),
        Reply::Found(code, documents) => query_answer(&own, code, documents),
        Reply::Status(status, retry_after) => return bare(*status, *retry_after),
        Reply::Body(body) => body.clone(),
    };
    ResponseTemplate::new(200).set_body_raw(answer, "text/xml")
}

fn fhir(reply: &Reply, request: &str) -> ResponseTemplate {
    let answer = match reply {
        Reply::Status(status, retry_after) => return bare(*status, *retry_after),
        Reply::Body(body) => return ResponseTemplate::new(200).set_body_string(body),
        Reply::Refuse(code) => {
            let coding = json!([{"system": "urn:oid:1.2.246.537.5.40112.2006", "code": code, "display": "Virhe."}]);
            let issue = json!([{"severity": "error", "code": "processing", "details": {"coding": coding}}]);
            return ResponseTemplate::new(422)
                .set_body_json(json!({"resourceType": "OperationOutcome", "issue": issue}));
        }
        _ => serde_json::from_str::<Value>(request).expect("bundle"),
    };
    let entries = answer["entry"].as_array().expect("entries").iter().map(|entry| {
        let resource = &entry["resource"];
        let location = format!(
            "{}/{}.9",
            resource["resourceType"].as_str().unwrap_or_default(),
            resource["id"].as_str().unwrap_or_default()
        );
        json!({"response": {"status": "201 Created", "location": location}})
    });
    let entries: Vec<Value> = entries.collect();
    let bundle = json!({"resourceType": "Bundle", "type": "transaction-response", "entry": entries});
    ResponseTemplate::new(200).set_body_json(bundle)
}

fn bare(status: u16, retry_after: Option<&str>) -> ResponseTemplate {
    let response = ResponseTemplate::new(status);
    retry_after.map_or(response.clone(), |seconds| response.insert_header("Retry-After", seconds))
}

pub fn acknowledgement(kind: &str, target: &str, error: &str) -> String {
    let detail = format!(
        "<acknowledgementDetail typeCode=\"E\"><code code=\"{error}\" displayName=\"Virhe.\"/>\
         <text>[finding] what is wrong</text></acknowledgementDetail>"
    );
    let detail = if error.is_empty() { "" } else { &detail };
    enveloped(&format!(
        "<MCCI_IN000002UV01 xmlns=\"urn:hl7-org:v3\"><acknowledgement><typeCode code=\"{kind}\"/><targetMessage>\
         <id root=\"{ORGANISATION}\" extension=\"{target}\"/></targetMessage>{detail}</acknowledgement>\
         </MCCI_IN000002UV01>"
    ))
}

fn query_answer(target: &str, code: &str, documents: &str) -> String {
    enveloped(&format!(
        "<RCMR_IN000032UV01 xmlns=\"urn:hl7-org:v3\"><acknowledgement><typeCode code=\"AA\"/><targetMessage>\
         <id root=\"{ORGANISATION}\" extension=\"{target}\"/></targetMessage></acknowledgement>\
         <controlActProcess>{documents}<queryAck><queryResponseCode code=\"{code}\"/>\
         <resultRemainingQuantity value=\"0\"/></queryAck></controlActProcess></RCMR_IN000032UV01>"
    ))
}

fn enveloped(message: &str) -> String {
    format!("<S:Envelope xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\"><S:Body>{message}</S:Body></S:Envelope>")
}

/// What stands in `text` between `before` and `after`.
pub fn between(text: &str, before: &str, after: &str) -> String {
    let rest = text.split_once(before).map(|(_, rest)| rest).unwrap_or_default();
    rest.split_once(after).map(|(found, _)| found.to_owned()).unwrap_or_default()
}

/// A document as a query answer carries it, its content taken from a message that stored it.
pub fn found(message: &str) -> String {
    let value = |element: &str, attribute: &str| {
        let from = message.rfind(&format!("<{element} ")).expect("element");
        between(&message[from..], &format!("{attribute}=\""), "\"")
    };
    let id = between(&message[message.find("<clinicalDocument").expect("document")..], "<id root=\"", "\"");
    let package = between(message, "mediaType=\"multipart/related\" representation=\"B64\">", "<");
    format!(
        "<subject><clinicalDocument><id root=\"{id}\"/><text mediaType=\"multipart/related\" \
         representation=\"B64\">{package}</text><statusCode code=\"COMPLETED\"/><setId root=\"{}\"/>\
         <versionNumber value=\"{}\"/></clinicalDocument></subject>",
        value("setId", "root"),
        value("versionNumber", "value")
    )
}

/// A running system, its scripted Kanta and its driver.
pub struct Bench {
    /// Identities of the run.
    pub identities: Identities,
    kanta: MockServer,
    script: Script,
    system: RunningReference,
}

/// How a system under test is set up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setup {
    /// Its fault.
    pub fault: Option<Fault>,
    /// Its variant.
    pub variant: Variant,
}

impl Bench {
    /// A system that does everything right.
    pub async fn plain() -> Self {
        Self::new(Setup::default()).await
    }

    /// A system with this fault.
    pub async fn faulty(fault: Fault) -> Self {
        Self::new(Setup { fault: Some(fault), ..Setup::default() }).await
    }

    /// A system as `setup` says.
    pub async fn new(setup: Setup) -> Self {
        let kanta = MockServer::start().await;
        let script = Script::default();
        Mock::given(any()).respond_with(script.clone()).mount(&kanta).await;
        let identities = identities();
        let system = start(settings(&kanta.uri(), &identities, setup)).await.expect("start");
        Self { identities, kanta, script, system }
    }

    /// What Kanta answers next.
    pub fn script(&self, replies: impl IntoIterator<Item = Reply>) {
        self.script.0.lock().expect("script").extend(replies);
    }

    /// Base address of the driver API.
    pub fn base(&self) -> String {
        format!("http://{}", self.system.address)
    }

    /// Does an action and gives its resource when it is over.
    pub async fn act(&self, action: &str, parameters: Value) -> Value {
        let key = format!("{action}{parameters}{}", self.requests().await.len());
        self.act_with_key(&key, action, parameters).await
    }

    /// The same, with a key of the test's choice.
    pub async fn act_with_key(&self, key: &str, action: &str, parameters: Value) -> Value {
        act(&self.base(), key, action, parameters).await
    }

    /// Lets the system know a client.
    pub async fn know(&self, client: &str) {
        let ending = self.act("know-client", json!({"person": person(client)})).await;
        assert_eq!(ending["outcome"], "succeeded", "{ending}");
    }

    /// Lets the system know the client and store relationship, matter and document; gives the three set identifiers.
    pub async fn store_three(&self, text: &str) -> [String; 3] {
        self.know(CLIENT).await;
        let relationship = self.act("store-client-relationship", json!({"client": CLIENT, "marker": "m-1"})).await;
        let relationship = set_id(&relationship);
        let matter = json!({"client": CLIENT, "relationship": relationship, "title": "Asia", "marker": "m-2"});
        let matter = set_id(&self.act("store-matter", matter).await);
        let document = set_id(&self.store_document(&matter, text).await);
        [relationship, matter, document]
    }

    /// Stores a client document of the client.
    pub async fn store_document(&self, matter: &str, text: &str) -> Value {
        let document =
            json!({"client": CLIENT, "matter": matter, "document-type": "19005", "text": text, "marker": text});
        self.act("store-client-document", document).await
    }

    /// Bodies of what Kanta got so far.
    pub async fn bodies(&self) -> Vec<String> {
        let requests = self.requests().await;
        requests.into_iter().map(|request| String::from_utf8(request.body).expect("utf-8")).collect()
    }

    /// What Kanta got so far.
    pub async fn requests(&self) -> Vec<Request> {
        self.kanta.received_requests().await.expect("recorded")
    }

    /// Address of the FHIR root as the system knows it.
    pub fn fhir_url(&self) -> String {
        format!("{}/fhir", self.kanta.uri())
    }

    /// All entries of the use log.
    pub async fn log(&self) -> Vec<Value> {
        let period = json!({"from": "2020-01-01T00:00:00Z", "until": "2100-01-01T00:00:00Z"});
        let ending = self.act("use-log", period).await;
        ending["result"]["entries"].as_array().expect("entries").clone()
    }
}

/// Identities of a run, made once for all tests.
pub fn identities() -> Identities {
    static IDENTITIES: std::sync::OnceLock<Identities> = std::sync::OnceLock::new();
    IDENTITIES.get_or_init(issue).clone()
}

fn issue() -> Identities {
    let now = jiff::Timestamp::now();
    let subject = |name: &str, serial: &str| CertificateSubject {
        common_name: name.to_owned(),
        organisation: "Näytealue".to_owned(),
        serial_number: Some(serial.to_owned()),
    };
    let authority = TestAuthority::new(now).expect("authority");
    let (system, professional) = (subject("Järjestelmä", ORGANISATION), subject("Testinen Tessa", "99900000011"));
    let made = Identities::issue(&authority, &[], &system, &professional).expect("identities");
    made.with_lapsed(&authority, &system).expect("lapsed")
}

/// Settings of a system whose Kanta is at `kanta`.
pub fn settings(kanta: &str, identities: &Identities, setup: Setup) -> ReferenceSettings {
    let pair = |identity: &Identity| PemPair { certificate: identity.certificate.clone(), key: identity.key.clone() };
    ReferenceSettings {
        log_outlet: kantakoe::reference::LogOutlet::default(),
        archive_url: format!("{kanta}/archive"),
        fhir_url: format!("{kanta}/fhir"),
        identities: IdentityFiles {
            ca: identities.authority.clone(),
            client: pair(&identities.client),
            system: pair(&identities.system),
            professional: pair(&identities.professional),
            lapsed: identities
                .lapsed
                .as_ref()
                .map(|lapsed| LapsedFiles { expired: pair(&lapsed.expired), revoked: pair(&lapsed.revoked) }),
        },
        organisation: Organisation {
            oid: ORGANISATION.to_owned(),
            name: "Näytealue".to_owned(),
            unit_oid: "1.2.246.10.99999991.10.7".to_owned(),
            unit_name: "Näyteyksikkö 7".to_owned(),
        },
        professional: Professional {
            registration_number: "99900000011".to_owned(),
            identity_code: "290200A930A".to_owned(),
            family_name: "Testinen".to_owned(),
            given_name: "Tessa".to_owned(),
            title: "sosiaalityöntekijä".to_owned(),
        },
        codes: kantakoe::reference::Codes::default(),
        fault: setup.fault,
        variant: setup.variant,
        seed: 7,
        retry: RetryPolicy { first_delay: Duration::from_millis(1), ..RetryPolicy::default() },
        bind: "127.0.0.1:0".parse().expect("address"),
    }
}

/// Does an action over the driver API at `base` and gives its resource when it is over.
pub async fn act(base: &str, key: &str, action: &str, parameters: Value) -> Value {
    let asked = json!({"key": key, "action": action, "parameters": parameters});
    let response = driver().post(format!("{base}/v1/actions")).json(&asked).send().await.expect("post");
    assert_eq!(response.status(), 201, "{}", response.text().await.unwrap_or_default());
    let location = response.headers()["location"].to_str().expect("location").to_owned();
    driver().get(format!("{base}{location}?wait=30000")).send().await.expect("get").json().await.expect("resource")
}

/// A client of the driver API.
pub fn driver() -> reqwest::Client {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let tls = tls.expect("tls").with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth();
    reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy().build().expect("driver")
}

/// A client as the driver API tells it.
pub fn person(client: &str) -> Value {
    let hetu: kantakoe::domain::Hetu = client.parse().expect("identity code");
    json!({
        "identity-code": client,
        "family-name": "Näyteläinen & Poika",
        "given-names": ["Aino", "Testi"],
        "birth-date": hetu.birth_date(),
        "gender": hetu.gender(),
    })
}

/// Set identifier of the document of an ending.
pub fn set_id(ending: &Value) -> String {
    assert_eq!(ending["outcome"], "succeeded", "{ending}");
    ending["result"]["document"]["set-id"].as_str().expect("set-id").to_owned()
}
