//! The stable codes of refusals: shown on pages, in logs and in docs/errors.md.
//! A code is never renamed. The sentences for people live in Fluent files, not here.

use std::fmt;
use std::str::FromStr;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// Why a message was refused. The text form is [`Code::as_str`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)+
        }

        impl Code {
            /// Every code, in the order of docs/errors.md.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            /// The stable text, such as `LTI-TOK-SIG`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Code::$name => $text,)+
                }
            }
        }
    };
}

codes! {
    /// A login initiation lacks `iss`, `login_hint` or `target_link_uri`.
    LogParam = "LTI-LOG-PARAM",
    /// A login parameter came twice, or in query and body with different values.
    LogAmbiguous = "LTI-LOG-AMBIGUOUS",
    /// No registration for this issuer and client id.
    LogUnknown = "LTI-LOG-UNKNOWN",
    /// Several registrations of this issuer and no client id to choose by.
    LogAmbiguousRegistration = "LTI-LOG-AMBIGUOUS-REG",
    /// The registration or deployment is disabled or waits for approval.
    LogDisabled = "LTI-LOG-DISABLED",
    /// `target_link_uri` does not lead to us.
    LogTarget = "LTI-LOG-TARGET",
    /// `lti_deployment_id` is not known for this client.
    LogDeployment = "LTI-LOG-DEPLOYMENT",
    /// A login parameter is longer than 4 KiB.
    LogSize = "LTI-LOG-SIZE",
    /// Not a signed JWT of a launch.
    TokFormat = "LTI-TOK-FORMAT",
    /// Signed, or to be checked, by anything but RS256.
    TokAlg = "LTI-TOK-ALG",
    /// The header asks for an extension (`crit`, `b64`).
    TokCrit = "LTI-TOK-CRIT",
    /// The header names no key.
    TokKidMissing = "LTI-TOK-KID-MISSING",
    /// The platform's key set has no such key, also after one refetch.
    TokKidUnknown = "LTI-TOK-KID-UNKNOWN",
    /// The signature does not fit, or the key may not sign.
    TokSig = "LTI-TOK-SIG",
    /// `iss` is missing or another one.
    TokIss = "LTI-TOK-ISS",
    /// `aud` is missing or does not name us.
    TokAud = "LTI-TOK-AUD",
    /// `azp` is missing beside several audiences, or is not us.
    TokAzp = "LTI-TOK-AZP",
    /// `exp`, `iat` or `nbf` is missing, malformed or out of range.
    TokTime = "LTI-TOK-TIME",
    /// The platform answered `error=…` instead of a token.
    PlatError = "LTI-PLAT-ERROR",
    /// The platform's key set cannot be read.
    KeyFetch = "LTI-KEY-FETCH",
    /// State missing, unknown, expired or used.
    StaInvalid = "LTI-STA-INVALID",
    /// State of one registration with a token of another.
    StaMix = "LTI-STA-MIX",
    /// The nonce is missing, not the one of this state, or was used.
    StaNonce = "LTI-STA-NONCE",
    /// The browser did not bring the state's cookie.
    StaBrowser = "LTI-STA-BROWSER",
    /// The ticket that opens a proven launch is unknown, used or late, or another page sent it.
    StaTicket = "LTI-STA-TICKET",
    /// The version claim is not `1.3.0`.
    ClmVersion = "LTI-CLM-VERSION",
    /// A required claim is missing; the refusal's detail names it.
    ClmMissing = "LTI-CLM-MISSING",
    /// The message type is missing or unknown.
    ClmMessageType = "LTI-CLM-MSGTYPE",
    /// The roles claim is missing (an empty list is valid).
    ClmRoles = "LTI-CLM-ROLES",
    /// The deployment id is missing.
    ClmDeployment = "LTI-CLM-DEPLOYMENT",
    /// The resource link's id is missing.
    ClmResourceLink = "LTI-CLM-RESOURCE-LINK",
    /// The launch names no person.
    ClmSub = "LTI-CLM-SUB",
    /// The target_link_uri claim is not the login's, or not ours.
    ClmTarget = "LTI-CLM-TARGET",
    /// A claim has a form that the specification forbids.
    ClmFormat = "LTI-CLM-FORMAT",
    /// The deployment is new and waits for approval.
    DepPending = "LTI-DEP-PENDING",
    /// The deployment belongs to another registration.
    DepMix = "LTI-DEP-MIX",
    /// The resource is not this organisation's, or does not exist.
    TenResource = "LTI-TEN-RESOURCE",
    /// No open deep-linking request of this person in this session.
    DlSession = "LTI-DL-SESSION",
    /// The return address of a deep-linking request is not the platform's.
    DlReturn = "LTI-DL-RETURN",
    /// The platform does not accept what was picked.
    DlNotAccepted = "LTI-DL-NOT-ACCEPTED",
    /// Only an instructor of the context may pick content.
    DlForbidden = "LTI-DL-FORBIDDEN",
    /// Only an instructor of the context may open another person's work.
    RevForbidden = "LTI-REV-FORBIDDEN",
    /// The invitation is unknown, used or expired, or bound to another host.
    RegInvite = "LTI-REG-INVITE",
    /// The address of the platform's configuration cannot be used.
    RegUrl = "LTI-REG-URL",
    /// Something needed is missing from the configuration or the answer; the detail names it.
    RegIncomplete = "LTI-REG-INCOMPLETE",
    /// Another organisation has this registration.
    RegTaken = "LTI-REG-TAKEN",
    /// The issuer's host is not the host of its configuration.
    RegIssuer = "LTI-REG-ISSUER",
    /// The platform refused the registration.
    RegRefused = "LTI-REG-REFUSED",
    /// A service address lies outside the registration's own origins.
    SvcOrigin = "LTI-SVC-ORIGIN",
    /// The platform granted less than was asked for.
    SvcScope = "LTI-SVC-SCOPE",
    /// A service of the platform refused.
    SvcRefused = "LTI-SVC-REFUSED",
    /// A service of the platform cannot be reached at the moment.
    SvcUnreachable = "LTI-SVC-UNREACHABLE",
    /// A score or line item holds a value that may not be sent.
    AgsValue = "LTI-AGS-VALUE",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is no code of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an LTI refusal code")]
pub struct UnknownCode;

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Code::ALL
            .iter()
            .copied()
            .find(|code| code.as_str() == text)
            .ok_or(UnknownCode)
    }
}

/// A refusal: its code for everybody and its reason for the log and the
/// administrator. The reason never holds a token, a name, an e-mail address
/// or a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {detail}")]
pub struct Refusal {
    /// The stable code.
    pub code: Code,
    /// The inner reason, in English; for [`Code::ClmMissing`] the claim's name.
    pub detail: String,
}

impl Refusal {
    /// A refusal with its reason.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_reads_back_and_is_unique() {
        let mut seen = BTreeSet::new();
        for code in Code::ALL {
            assert_eq!(code.as_str().parse(), Ok(*code));
            assert!(code.as_str().starts_with("LTI-"), "{code}");
            assert!(seen.insert(code.as_str()), "{code} twice");
        }
        assert_eq!("LTI-NOPE".parse::<Code>(), Err(UnknownCode));
    }
}
