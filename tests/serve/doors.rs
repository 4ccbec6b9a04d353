//! Who is let in: by the host that is called, the origin that asks, the token.

use super::client::Served;

#[test]
fn only_this_machines_own_names_are_answered() {
    let served = Served::start();
    let port = served.port;
    for own in [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("LocalHost:{port}"), format!("[::1]:{port}")] {
        assert_eq!(served.get("/v2/info", &[&format!("Host: {own}")]).status, 200, "{own}");
    }
    let foreign = [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        format!("localhost.evil.example:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        format!("127.0.0.1:{port}@evil.example"),
        format!("evil.example@127.0.0.1:{port}"),
        "127.0.0.1".to_owned(),
        "localhost".to_owned(),
        "127.0.0.1:1".to_owned(),
        format!("127.0.0.2:{port}"),
        format!("0.0.0.0:{port}"),
        format!("localhost.:{port}"),
        format!("[::]:{port}"),
        format!("127.1:{port}"),
        format!("2130706433:{port}"),
        String::new(),
    ];
    for host in foreign {
        for path in ["/v2/info", "/v2/check?text=a&language=en", "/", "/rules/gendered.title", "/api/rules", "/nothing"] {
            let answer = served.get(path, &[&format!("Host: {host}"), &served.bearer()]);
            assert!(matches!(answer.status, 400 | 403), "{host} {path}: {}", answer.status);
            assert!(!String::from_utf8_lossy(&answer.body).contains("token="), "{host}");
        }
    }
}

#[test]
fn a_host_is_named_once_and_alike() {
    let served = Served::start();
    let host = served.host();
    for (request, what) in [
        (format!("GET /v2/info HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n"), "two hosts"),
        ("GET /v2/info HTTP/1.1\r\nConnection: close\r\n\r\n".to_owned(), "no host"),
        ("GET /v2/info HTTP/1.0\r\n\r\n".to_owned(), "no host, as HTTP/1.0 allows"),
        (format!("GET http://evil.example/v2/info HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), "another host in the first line"),
        (format!("GET http://{host}/v2/info HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"), "another host in the header"),
    ] {
        let answer = served.raw(request.as_bytes());
        assert!(matches!(answer.status, 400 | 403), "{what}: {}", answer.status);
    }
}

#[test]
fn pages_of_others_are_refused() {
    let served = Served::start();
    let port = served.port;
    let foreign =
        ["http://evil.example", "https://evil.example", "null", "file://", "http://localhost", "http://localhost:1", "http://127.0.0.1", "app://other"];
    let same_but_not = [format!("https://127.0.0.1:{port}"), format!("http://127.0.0.1:{port}.evil.example"), format!("http://evil.example:{port}")];
    for origin in foreign.iter().map(|o| (*o).to_owned()).chain(same_but_not) {
        let origin = format!("Origin: {origin}");
        for path in ["/v2/check?text=a&language=en", "/v2/info", "/api/rules", "/"] {
            let answer = served.get(path, &[&origin, &served.bearer()]);
            assert_eq!(answer.status, 403, "{origin} {path}");
            assert_eq!(answer.header("access-control-allow-origin"), None, "{origin} {path}");
        }
        let posted = served.post("/v2/check", &[&origin, "Content-Type: text/plain"], b"text=a");
        assert_eq!(posted.status, 403, "{origin}");
        let preflight = served.raw(served.head("OPTIONS", "/v2/check", &[&origin, "Access-Control-Request-Method: POST"]).as_bytes());
        assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (403, None), "{origin}");
    }
    // A picture or a script of another page comes without an origin.
    for site in ["cross-site", "same-site"] {
        let site = format!("Sec-Fetch-Site: {site}");
        assert_eq!(served.get("/v2/check?text=a&language=en", &[&site, "Sec-Fetch-Mode: no-cors"]).status, 403);
        assert_eq!(served.get("/v2/check?text=a&language=en", &[&site, "Sec-Fetch-Mode: navigate"]).status, 403);
        let navigates = |dest: &str| served.get("/rules/gendered.title", &[&site, "Sec-Fetch-Mode: navigate", &format!("Sec-Fetch-Dest: {dest}")]).status;
        assert_eq!((navigates("document"), navigates("iframe")), (200, 403), "a link may lead to a rule's page, a frame may not show it");
        assert_eq!(served.get("/jdlint.css", &[&site, "Sec-Fetch-Mode: no-cors"]).status, 403);
    }
    assert_eq!(served.get("/v2/info", &["Sec-Fetch-Site: none"]).status, 200);
    assert_eq!(served.get("/v2/info", &["Sec-Fetch-Site: same-origin", &format!("Origin: http://127.0.0.1:{port}")]).status, 200);
}

#[test]
fn add_ons_may_ask_what_languagetool_would_be_asked_and_nothing_else() {
    let served = Served::start();
    for origin in ["moz-extension://8d0e5e2c-1f5a-4d5b-9f8e-000000000000", "chrome-extension://oldceeleldhonbafppcapldpdifcinji", "app://obsidian.md"] {
        let header = format!("Origin: {origin}");
        let preflight = served.raw(served.head("OPTIONS", "/v2/check", &[&header, "Access-Control-Request-Method: POST"]).as_bytes());
        assert_eq!(preflight.status, 204);
        let answer = served.get("/v2/check?text=chairman&language=en", &[&header, "Sec-Fetch-Site: cross-site"]);
        assert_eq!(answer.status, 200);
        for answer in [preflight, answer] {
            assert_eq!(answer.header("access-control-allow-origin").as_deref(), Some(origin));
            assert_eq!(answer.header("access-control-allow-credentials"), None);
            assert_eq!(answer.header("vary").as_deref(), Some("Origin"));
        }
        let api = served.get("/api/rules", &[&header, &served.bearer()]);
        assert_eq!((api.status, api.header("access-control-allow-origin")), (403, None));
        // An add-on has to see why it was refused.
        assert_eq!(served.get("/v2/check", &[&header]).header("access-control-allow-origin").as_deref(), Some(origin));
    }
}

#[test]
fn all_else_takes_the_token() {
    let served = Served::start();
    let token = &served.token;
    let wrong = [
        String::new(),
        "Authorization: Bearer".to_owned(),
        format!("Authorization: Bearer {}", &token[1..]),
        format!("Authorization: Bearer {token}0"),
        format!("Authorization: Bearer {}", token.to_uppercase().replace(|c: char| c.is_ascii_digit(), "x")),
        format!("Authorization: Basic {token}"),
        format!("Authorization: {token}"),
        format!("Cookie: token={token}"),
        format!("X-Token: {token}"),
    ];
    for path in ["/api/rules", "/api/rules/gendered.title", "/api/check", "/api/criteria", "/api/review"] {
        for given in &wrong {
            let headers: &[&str] = if given.is_empty() { &[] } else { &[given] };
            let by_get = served.get(&format!("{path}?token={token}"), headers);
            let by_post = served.post(path, headers, b"We need a chairman.");
            assert!(by_get.status == 401 && by_post.status == 401, "{path} with {given:?}: {} {}", by_get.status, by_post.status);
        }
    }
    let twice = [served.bearer(), "Authorization: Bearer x".to_owned()];
    assert_eq!(served.get("/api/rules", &[&twice[0], &twice[1]]).status, 401, "one of two");
    assert_eq!(served.get("/api/rules", &[&served.bearer()]).status, 200);
    let other = Served::start();
    assert_ne!(other.token, served.token, "each run has its own");
}

#[test]
fn paths_lead_where_they_say_or_nowhere() {
    let served = Served::start();
    let tricks = [
        "//v2/check?text=a",
        "/v2//check",
        "/v2/./check",
        "/v2/check/",
        "/V2/check",
        "/v2/../api/rules",
        "/v2/..%2fapi%2frules",
        "/api%2frules",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/../../../../etc/passwd",
        "/..%5c..%5cwindows%5cwin.ini",
        "/rules/..%2f..%2f..%2fetc%2fpasswd",
        "/rules/%00",
        "/rules/gendered.title%00.html",
        "/index.html/../../Cargo.toml",
        "/file:///etc/passwd",
        "/C:/Windows/win.ini",
        "/.git/config",
        "/Cargo.toml",
        "/jdlint.css/",
        "/jdlint.css%00",
        "/;/api/rules",
        "/api/rules;x",
        "/report",
        "/api/",
        "/%ff%fe",
    ];
    for path in tricks {
        let answer = served.get(path, &[]);
        assert!(matches!(answer.status, 400 | 401 | 404 | 405), "{path}: {}", answer.status);
        assert!(!String::from_utf8_lossy(&answer.body).contains("root:"), "{path}");
    }
    for odd in [
        "GET v2/info HTTP/1.1",
        "GET * HTTP/1.1",
        "CONNECT evil.example:80 HTTP/1.1",
        "TRACE /v2/info HTTP/1.1",
        "DELETE /api/rules HTTP/1.1",
        "GET  /v2/info HTTP/1.1",
        "GET /v2/info",
    ] {
        let answer = served.raw(format!("{odd}\r\nHost: {}\r\nConnection: close\r\n\r\n", served.host()).as_bytes());
        assert!(answer.status == 0 || (400..=405).contains(&answer.status), "{odd}: {}", answer.status);
    }
}

#[test]
fn a_request_is_not_hidden_in_another() {
    let served = Served::start();
    let host = served.host();
    let hidden = "GET /api/rules HTTP/1.1\r\nHost: x\r\n\r\n";
    for (headers, what) in [
        ("Content-Length: 4\r\nContent-Length: 40".to_owned(), "two lengths"),
        ("Content-Length: -1".to_owned(), "a negative length"),
        ("Content-Length: 99999999999999999999".to_owned(), "an endless length"),
        ("Transfer-Encoding: chunked, identity\r\nContent-Length: 4".to_owned(), "two ways to tell the length"),
        ("Transfer-Encoding: gzip".to_owned(), "an unknown coding"),
    ] {
        let answer = served.raw(format!("POST /v2/check HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n\r\n{hidden}").as_bytes());
        assert!((400..=413).contains(&answer.status), "{what}: {}", answer.status);
        assert!(!String::from_utf8_lossy(&answer.body).contains("\"rules\""), "{what}");
    }
}

#[test]
fn answers_are_sealed() {
    let served = Served::start();
    for path in ["/", "/v2/info", "/v2/check?text=a&language=en", "/api/rules", "/rules/gendered.title", "/nothing", "/jdlint.css"] {
        let answer = served.get(path, &[]);
        for (name, value) in
            [("cache-control", "no-store"), ("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin"), ("x-frame-options", "DENY")]
        {
            assert_eq!(answer.header(name).as_deref(), Some(value), "{path}");
        }
        let policy = answer.header("content-security-policy").expect("there is a policy");
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
    }
}
