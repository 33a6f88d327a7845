//! The page on this machine, as a strict host would serve it.

use crate::setup::say;
use crate::{build, root};
use anyhow::{Context, Result, bail};
use notify::{RecursiveMode, Watcher};
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;
use std::{fs, thread};
use tiny_http::{Header, Method, Request, Response, Server};

#[derive(Default)]
pub struct Options {
    pub port: Option<u16>,
    pub open: bool,
    pub watch: bool,
    /// Serve what was built before.
    pub built: bool,
}

/// What a host has to allow, and no more.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
    img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
    require-trusted-types-for 'script'; trusted-types lit-html moving-parts";

/// The page as one file has its script and its style inside it and fetches nothing; any post may have it in a frame.
const ONE_FILE: &str = "moving-parts.html";
const POLICY_OF_ONE_FILE: &str = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; \
    style-src 'unsafe-inline'; worker-src blob:; img-src data:; base-uri 'none'; form-action 'none'; \
    require-trusted-types-for 'script'; trusted-types lit-html moving-parts";

pub fn serve(options: &Options) -> Result<()> {
    if !options.built {
        build::build()?;
    }
    let (server, port) = listen(options.port)?;
    let address = format!("http://127.0.0.1:{port}/");
    println!("moving-parts is at {address}  (stop with Ctrl-C)");
    if options.open {
        open(&address);
    }
    if options.watch {
        thread::spawn(|| watch().unwrap_or_else(|error| say(format_args!("not watching: {error:#}"))));
    }
    let page = root().join("dist/page");
    for request in server.incoming_requests() {
        // A reader who leaves before the end is no error.
        let _ = answer(request, &page);
    }
    Ok(())
}

fn listen(asked: Option<u16>) -> Result<(Server, u16)> {
    let bind = |port: u16| Server::http(("127.0.0.1", port)).ok();
    if let Some(port) = asked {
        let server = bind(port).with_context(|| format!("port {port} is taken; choose another with --port"))?;
        let port = server.server_addr().to_ip().map_or(port, |address| address.port());
        return Ok((server, port));
    }
    for port in 8080..8100 {
        if let Some(server) = bind(port) {
            return Ok((server, port));
        }
    }
    bail!("the ports 8080 to 8099 are all taken; choose another with --port")
}

fn answer(request: Request, folder: &Path) -> std::io::Result<()> {
    let header = |name: &str, value: &str| Header::from_bytes(name, value).expect("these headers are plain ASCII");
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::from_string("only GET and HEAD").with_status_code(405));
    }
    let Some(path) = file(folder, request.url()) else {
        return request.respond(Response::from_string("not found").with_status_code(404));
    };
    let kind = mime_guess::from_path(&path).first_or_octet_stream();
    let kind = if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    let policy = if path.ends_with(ONE_FILE) { POLICY_OF_ONE_FILE } else { POLICY };
    let mut small = path.clone().into_os_string();
    small.push(".br");
    let small = PathBuf::from(small);
    let coded = takes_brotli(&request) && small.is_file();
    let mut response = Response::from_data(fs::read(if coded { small } else { path })?)
        .with_header(header("Content-Type", &kind))
        .with_header(header("Content-Security-Policy", policy))
        .with_header(header("X-Content-Type-Options", "nosniff"))
        .with_header(header("Referrer-Policy", "no-referrer"))
        .with_header(header("Cache-Control", "no-cache"))
        .with_header(header("Vary", "Accept-Encoding"));
    if coded {
        response.add_header(header("Content-Encoding", "br"));
    }
    request.respond(response)
}

/// Whether the reader takes a file compressed with Brotli, as the build leaves one beside each.
fn takes_brotli(request: &Request) -> bool {
    let accepted = |header: &&Header| header.field.equiv("Accept-Encoding");
    let names = request.headers().iter().filter(accepted).flat_map(|header| header.value.as_str().split(','));
    names.map(|name| name.split(';').next().unwrap_or("").trim()).any(|name| name == "br")
}

/// The file of an address, if it lies in the folder.
fn file(folder: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.trim_start_matches('/');
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    let plain = path.components().all(|component| matches!(component, Component::Normal(_)));
    let path = folder.join(path);
    (plain && path.is_file()).then_some(path)
}

fn open(address: &str) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    if std::process::Command::new(opener).arg(address).spawn().is_err() {
        say("no browser could be opened; open the address by hand");
    }
}

/// Builds again when a source changes; what is served changes with it.
fn watch() -> Result<()> {
    let (sender, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender)?;
    for folder in ["src", "www"] {
        for entry in fs::read_dir(root().join(folder))? {
            let path = entry?.path();
            if !path.ends_with("node_modules") {
                watcher.watch(&path, RecursiveMode::Recursive)?;
            }
        }
    }
    say("watching src/ and www/");
    while let Ok(change) = changes.recv() {
        if !change.is_ok_and(|event| event.kind.is_modify() || event.kind.is_create() || event.kind.is_remove()) {
            continue;
        }
        // An editor writes several times; wait until it is quiet.
        while changes.recv_timeout(Duration::from_millis(200)).is_ok() {}
        match build::build() {
            Ok(()) => say("built; reload the page"),
            Err(error) => say(format_args!("{error:#}")),
        }
    }
    Ok(())
}
