//! A second opinion: ten thousand generated tokens, honest ones and ones that are broken in up to three ways, judged by
//! `lti` and by the ID token verifier of the crate `openidconnect`, which was written by other people. Where the two
//! disagree, one of the reasons in `disagreements.rs` must explain it: the token with that one oddity put right pleases
//! both. Left out are the claims of LTI, of which the other verifier knows nothing, but that they are the reason.

mod disagreements;
mod generator;

use std::{collections::BTreeMap, str::FromStr};

use chrono::{DateTime, Utc};
use disagreements::REASONS;
use generator::{CLIENT, Chance, ISSUER, NONCE, OUR_ADDRESS, Spec};
use lti::{
    keys::PlatformKeySet,
    launch::{Expected, peek, verify},
};
use openidconnect::{
    ClientId, IssuerUrl, Nonce,
    core::{CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet},
};
use url::Url;

const TOKENS: usize = 10_000;
const THREADS: usize = 4;
/// Another number, another ten thousand; a disagreement names the token, so no number is better than another.
const SEED: u64 = 20_261_122;

/// What a verifier says against a token, if anything.
type Verdict = Result<(), String>;

/// Both verifiers with one key set and one clock.
struct Judges {
    key_set: PlatformKeySet,
    verifier: CoreIdTokenVerifier<'static>,
    nonce: Nonce,
    public_url: Url,
    now: DateTime<Utc>,
}

impl Judges {
    fn with(key_set: &str, now: DateTime<Utc>) -> Self {
        let keys: CoreJsonWebKeySet = serde_json::from_str(key_set).expect("a key set");
        let issuer = IssuerUrl::new(ISSUER.to_owned()).expect("an issuer");
        let verifier = CoreIdTokenVerifier::new_public_client(ClientId::new(CLIENT.to_owned()), issuer, keys)
            .set_time_fn(move || now);
        Self {
            key_set: PlatformKeySet::parse(key_set.as_bytes()).expect("a key set"),
            verifier,
            nonce: Nonce::new(NONCE.to_owned()),
            public_url: Url::parse(OUR_ADDRESS).expect("an address"),
            now,
        }
    }

    fn ours(&self, token: &str) -> Verdict {
        let refused = |refusal: lti::Refusal| format!("{}: {}", refusal.code.as_str(), refusal.detail);
        let peeked = peek(token).map_err(refused)?;
        let key = self.key_set.find(&peeked.kid).map_err(refused)?;
        let expected = Expected {
            issuer: ISSUER,
            client_id: CLIENT,
            nonce: NONCE,
            public_url: &self.public_url,
            target_link_uri: None,
        };
        verify(token, key, &expected, self.now).map(drop).map_err(refused)
    }

    fn theirs(&self, token: &str) -> Verdict {
        let token = CoreIdToken::from_str(token).map_err(|error| format!("unreadable: {error}"))?;
        let judged = token.claims(&self.verifier, &self.nonce);
        judged.map(drop).map_err(|error| format!("refused: {error}"))
    }
}

/// Both key sets a platform may have: one key, and several of which one is good.
struct Bench {
    one: Judges,
    many: Judges,
}

impl Bench {
    fn set() -> Self {
        let now = generator::now();
        Self {
            one: Judges::with(&generator::key_set(false), now),
            many: Judges::with(&generator::key_set(true), now),
        }
    }

    fn judge(&self, spec: &Spec) -> (Verdict, Verdict) {
        let judges = if spec.many_keys { &self.many } else { &self.one };
        let token = spec.sign();
        (judges.ours(&token), judges.theirs(&token))
    }

    /// One of the two had nothing against it: put right, neither has.
    fn pleases_both(&self, spec: &Spec) -> bool {
        let (ours, theirs) = self.judge(spec);
        ours.is_ok() && theirs.is_ok()
    }

    /// The reasons that explain a disagreement: one alone if one does, else all that apply, one after the other.
    fn explain(&self, spec: &Spec) -> Option<Vec<&'static str>> {
        let applicable = REASONS.iter().filter_map(|reason| {
            let mut mended = spec.clone();
            (reason.mend)(&mut mended);
            (mended != *spec).then_some((reason, mended))
        });
        let applicable: Vec<_> = applicable.collect();
        if let Some((reason, _)) = applicable.iter().find(|(_, mended)| self.pleases_both(mended)) {
            return Some(vec![reason.name]);
        }
        let mut all = spec.clone();
        for (reason, _) in &applicable {
            (reason.mend)(&mut all);
        }
        self.pleases_both(&all)
            .then(|| applicable.iter().map(|(reason, _)| reason.name).collect())
    }
}

/// What was found of a number of tokens.
#[derive(Debug, Default)]
struct Found {
    accepted: usize,
    refused: usize,
    explained: BTreeMap<&'static str, usize>,
    unexplained: Vec<String>,
}

impl Found {
    fn judge(&mut self, bench: &Bench, spec: &Spec) {
        let (ours, theirs) = bench.judge(spec);
        match (&ours, &theirs) {
            (Ok(()), Ok(())) => self.accepted += 1,
            (Err(_), Err(_)) => self.refused += 1,
            _ => match bench.explain(spec) {
                Some(reasons) => {
                    for reason in reasons {
                        *self.explained.entry(reason).or_default() += 1;
                    }
                }
                None => self
                    .unexplained
                    .push(format!("ours: {ours:?}, theirs: {theirs:?}, {spec:?}")),
            },
        }
    }

    fn add(mut self, other: Self) -> Self {
        self.accepted += other.accepted;
        self.refused += other.refused;
        for (reason, times) in other.explained {
            *self.explained.entry(reason).or_default() += times;
        }
        self.unexplained.extend(other.unexplained);
        self
    }
}

#[test]
fn two_verifiers_judge_alike_or_it_is_known_why_not() {
    let bench = Bench::set();
    let mut chance = Chance::from_seed(SEED);
    let specs: Vec<Spec> = (0..TOKENS).map(|_| Spec::generate(&mut chance)).collect();
    // Signing is what takes time.
    let found = std::thread::scope(|scope| {
        let judged = specs.chunks(TOKENS.div_ceil(THREADS)).map(|specs| {
            let bench = &bench;
            scope.spawn(move || {
                let mut found = Found::default();
                specs.iter().for_each(|spec| found.judge(bench, spec));
                found
            })
        });
        let judged: Vec<_> = judged.collect();
        let found = judged.into_iter().map(|thread| thread.join().expect("no panic"));
        found.fold(Found::default(), Found::add)
    });
    let first: Vec<_> = found.unexplained.iter().take(5).collect();
    let count = found.unexplained.len();
    assert!(count == 0, "{count} unexplained, the first ones: {first:#?}");
    assert!(found.accepted > TOKENS / 10, "{found:?}");
    assert!(found.refused > TOKENS / 10, "{found:?}");
    for reason in REASONS {
        let name = reason.name;
        assert!(
            found.explained.contains_key(name),
            "no token shows \"{name}\": {found:?}"
        );
    }
}

#[test]
fn an_honest_token_passes_both() {
    let bench = Bench::set();
    for many_keys in [false, true] {
        let spec = Spec {
            many_keys,
            ..Spec::honest()
        };
        assert_eq!(bench.judge(&spec), (Ok(()), Ok(())));
    }
}
