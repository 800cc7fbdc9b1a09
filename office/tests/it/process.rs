//! The program itself: first start, kill -9 under load, backup and restore under a running office, two instances, and a
//! disk that is full for a while.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use kantakoe_office::access::Role;
use kantakoe_office::register::kind_of;
use kantakoe_office::store::Store;
use reqwest::Client;

use crate::support::{Office, Visitor, postgres_server};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kantakoe-office");

/// A running office; it ends with the test.
struct Running {
    child: Child,
    address: String,
    lines: Vec<String>,
    out: BufReader<std::process::ChildStdout>,
}

impl Running {
    /// The link that the first start gives out, on the two lines after the address.
    fn first_link(&mut self) -> String {
        let mut lines = [String::new(), String::new()];
        for line in &mut lines {
            self.out.read_line(line).expect("a line");
        }
        lines[1].trim().to_owned()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The file of settings for the office's database, on a free port, by the machine's clock.
fn settings(office: &Office) -> std::path::PathBuf {
    let file = office.app.settings.folder.with_extension("toml");
    let url = &office.app.settings.store_url;
    let text =
        format!("[server]\nbind = \"127.0.0.1:0\"\n[store]\nurl = \"{url}\"\n[limits]\nrequests-per-minute = 100000\n");
    std::fs::write(&file, text).expect("settings");
    file
}

/// Starts the program, in front of it the words of `before`.
fn start(settings: &Path, before: &[&str]) -> Running {
    let words: Vec<&str> = before.iter().copied().chain([PROGRAM, "--settings"]).collect();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).arg(settings).stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program");
    let out = BufReader::new(child.stdout.take().expect("stdout"));
    let mut running = Running { child, address: String::new(), lines: Vec::new(), out };
    while running.address.is_empty() {
        let mut line = String::new();
        let length = running.out.read_line(&mut line).expect("a line");
        assert!(length > 0, "the office did not open: {:?}", running.lines);
        running.lines.push(line.trim().to_owned());
        running.address = line.trim().strip_prefix("the office is open at ").unwrap_or_default().to_owned();
    }
    running
}

fn client() -> Client {
    let config =
        rustls::ClientConfig::builder_with_provider(std::sync::Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
    let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    client.tls_backend_preconfigured(config).build().expect("client")
}

/// Adds a contact over HTTP; the status, none where there was no answer.
async fn add(client: &Client, address: &str, visitor: &Visitor, customer: &str, name: &str) -> Option<u16> {
    let fields =
        [("form-token", visitor.token.as_str()), ("name", name), ("contact_form", "person"), ("origin", "post")];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = client
        .post(format!("{address}/customers/{customer}/contacts/new"))
        .header("cookie", &visitor.cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    Some(request.send().await.ok()?.status().as_u16())
}

async fn names(store: &Store, customer: &str) -> Vec<String> {
    let contacts = store.records(kind_of("contact").expect("kind"), customer).await.expect("records");
    contacts.iter().map(|contact| contact.text("name").to_owned()).collect()
}

/// An office, its customer, and one of staff whose session began by the machine's clock.
async fn prepared() -> (Office, String, Visitor) {
    let office = Office::open().await;
    let ahead = jiff::Timestamp::now().as_millisecond() - office.app.clock.now();
    office.move_clock(ahead);
    let customer = office.customer("Kunta", "service-provider").await;
    let staff = office.sign_in(Role::Staff, "").await;
    (office, customer, staff)
}

#[tokio::test]
async fn the_first_start_gives_one_link_and_wrong_settings_are_told() {
    let office = Office::open().await;
    let file = settings(&office);
    let mut running = start(&file, &[]);
    let link = running.first_link();
    let answer = client().get(&link).send().await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 200, "{link} {:?}", running.lines);
    let answer = client().get(format!("{}/health", running.address)).send().await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 200);
    std::fs::write(&file, "[server]\nbind = \"x\"\ncolour = 1\n").expect("settings");
    let output = Command::new(PROGRAM).arg("--settings").arg(&file).output().expect("output");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3));
    assert!(
        told.contains("2 things are wrong") && told.contains("server.bind") && told.contains("server.colour"),
        "{told}"
    );
}

#[tokio::test]
async fn what_was_acknowledged_survives_kill_9() {
    let (office, customer, staff) = prepared().await;
    let file = settings(&office);
    let mut running = start(&file, &[]);
    let client = client();
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..4 {
        let (client, address, staff, customer) =
            (client.clone(), running.address.clone(), staff.clone(), customer.clone());
        writers.spawn(async move {
            let mut acknowledged = Vec::new();
            for number in 0..1000 {
                let name = format!("{writer}-{number}");
                match add(&client, &address, &staff, &customer, &name).await {
                    Some(303) => acknowledged.push(name),
                    Some(other) => panic!("{name}: {other}"),
                    None => break,
                }
            }
            acknowledged
        });
    }
    while names(&office.app.store, &customer).await.len() < 40 {
        tokio::task::yield_now().await;
    }
    running.child.kill().expect("kill -9");
    let acknowledged: Vec<String> = writers.join_all().await.into_iter().flatten().collect();
    assert!(acknowledged.len() >= 36, "{}", acknowledged.len());
    let again = start(&file, &[]);
    let kept = names(&office.app.store, &customer).await;
    let lost: Vec<_> = acknowledged.iter().filter(|name| !kept.contains(name)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    office.app.store.verify_log().await.expect("the log is whole");
    assert_eq!(add(&client, &again.address, &staff, &customer, "after").await, Some(303));
}

#[tokio::test]
async fn two_instances_share_sessions_and_one_goes_on_alone() {
    let (office, customer, staff) = prepared().await;
    let file = settings(&office);
    let (mut one, other) = (start(&file, &[]), start(&file, &[]));
    let client = client();
    for (number, address) in [&one.address, &other.address, &one.address].into_iter().enumerate() {
        assert_eq!(add(&client, address, &staff, &customer, &format!("n{number}")).await, Some(303));
    }
    one.child.kill().expect("kill -9");
    assert_eq!(add(&client, &other.address, &staff, &customer, "alone").await, Some(303));
    assert_eq!(names(&office.app.store, &customer).await, ["n0", "n1", "n2", "alone"]);
    office.app.store.verify_log().await.expect("the log is whole");
}

#[tokio::test]
async fn backup_and_restore_work_under_a_running_office() {
    if postgres_server().is_some() {
        return;
    }
    let (office, customer, staff) = prepared().await;
    let file = settings(&office);
    let running = start(&file, &[]);
    let client = client();
    assert_eq!(add(&client, &running.address, &staff, &customer, "before").await, Some(303));
    let backup = file.with_file_name("backup.sqlite");
    let command = |name: &str| {
        let output =
            Command::new(PROGRAM).arg("--settings").arg(&file).arg(name).arg(&backup).output().expect("output");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(command("backup").0, Some(0));
    assert_eq!(command("backup").0, Some(3), "an older backup is not written over");
    assert_eq!(add(&client, &running.address, &staff, &customer, "after").await, Some(303));
    let (code, told) = command("restore");
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("1 later entries of the log kept"), "{told}");
    assert_eq!(names(&office.app.store, &customer).await, ["before"]);
    assert_eq!(add(&client, &running.address, &staff, &customer, "again").await, Some(303));
    office.app.store.verify_log().await.expect("the log is whole");
    std::fs::write(&backup, b"no database at all").expect("written");
    assert_eq!(command("restore").0, Some(3));
    assert_eq!(names(&office.app.store, &customer).await, ["before", "again"]);
}

#[tokio::test]
async fn a_full_disk_is_told_loses_nothing_and_passes() {
    if postgres_server().is_some() {
        return;
    }
    let (office, customer, staff) = prepared().await;
    let file = settings(&office);
    // No file may grow beyond so many kilobytes: to the database the disk is full.
    let running = start(&file, &["bash", "-c", "trap '' XFSZ; ulimit -S -f 700; exec \"$0\" \"$@\""]);
    let client = client();
    let mut acknowledged = Vec::new();
    let mut refused = 0;
    for number in 0..3000 {
        let name = format!("n{number}");
        match add(&client, &running.address, &staff, &customer, &name).await {
            Some(303) => acknowledged.push(name),
            Some(503) => refused += 1,
            other => panic!("{name}: {other:?}"),
        }
        if refused == 3 {
            break;
        }
    }
    assert_eq!(refused, 3, "the disk never filled");
    let process = running.child.id().to_string();
    let raised = Command::new("prlimit").args(["--pid", &process, "--fsize=unlimited"]).status().expect("prlimit");
    assert!(raised.success());
    // So many that each connection with the database has its turn.
    for number in 0..24 {
        let name = format!("later{number}");
        assert_eq!(add(&client, &running.address, &staff, &customer, &name).await, Some(303), "{name}");
        acknowledged.push(name);
    }
    assert_eq!(names(&office.app.store, &customer).await, acknowledged);
    office.app.store.verify_log().await.expect("the log is whole");
}

/// Passes connections on to a server until it is cut.
struct Passage {
    address: std::net::SocketAddr,
    task: tokio::task::JoinHandle<()>,
}

impl Passage {
    async fn open(bind: std::net::SocketAddr, server: String) -> Self {
        let listener = tokio::net::TcpListener::bind(bind).await.expect("listener");
        let address = listener.local_addr().expect("address");
        let task = tokio::spawn(async move {
            let mut passing = tokio::task::JoinSet::new();
            while let Ok((mut here, _)) = listener.accept().await {
                let server = server.clone();
                passing.spawn(async move {
                    if let Ok(mut there) = tokio::net::TcpStream::connect(server).await {
                        let _ = tokio::io::copy_bidirectional(&mut here, &mut there).await;
                    }
                });
            }
        });
        Self { address, task }
    }

    async fn cut(self) {
        self.task.abort();
        let _ = self.task.await;
    }
}

#[tokio::test]
async fn a_database_that_is_away_is_told_and_comes_back_by_itself() {
    let Some(server) = postgres_server() else { return };
    let (office, customer, staff) = prepared().await;
    let host = server.rsplit('@').next().expect("a host").to_owned();
    let free = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    let passage = Passage::open(free, host.clone()).await;
    let address = passage.address;
    let file = settings(&office);
    let text = std::fs::read_to_string(&file).expect("settings").replace(&host, &address.to_string());
    std::fs::write(&file, text).expect("settings");
    let running = start(&file, &[]);
    let client = client();
    assert_eq!(add(&client, &running.address, &staff, &customer, "before").await, Some(303));
    passage.cut().await;
    assert_eq!(add(&client, &running.address, &staff, &customer, "away").await, Some(503));
    let _passage = Passage::open(address, host).await;
    assert_eq!(add(&client, &running.address, &staff, &customer, "after").await, Some(303));
    assert_eq!(names(&office.app.store, &customer).await, ["before", "after"]);
    office.app.store.verify_log().await.expect("the log is whole");
}
