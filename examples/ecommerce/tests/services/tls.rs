//! TLS and mutual TLS.

use ecommerce::proto::ecommerce::v1::ListUsersRequest;
use ecommerce::proto::ecommerce::v1::user_service_client::UserServiceClient;
use ecommerce::server::{Config, Tls};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tonic::transport::{Certificate, ClientTlsConfig, Endpoint, Identity};

use crate::harness::{Shop, soon};

/// An authority.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    /// A server with a certificate of this authority.
    pub(crate) fn tls(&self) -> Tls {
        let (certificate, key) = self.issue("localhost");
        Tls { certificate: certificate.into_bytes(), key: key.into_bytes(), client_authority: None }
    }

    /// A certificate for `name`, and its key.
    fn issue(&self, name: &str) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        (certificate.pem(), key.serialize_pem())
    }
}

/// A server with a certificate of `authority`, which lets in those of `client_authority`.
async fn shop(authority: &Authority, client_authority: Option<&Authority>) -> Shop {
    let client_authority = client_authority.map(|authority| authority.pem().into_bytes());
    let tls = Tls { client_authority, ..authority.tls() };
    Shop::with(Config { tls: Some(tls), ..Config::default() }).await
}

fn trusting(authority: &Authority) -> ClientTlsConfig {
    ClientTlsConfig::new().ca_certificate(Certificate::from_pem(authority.pem())).domain_name("localhost")
}

fn as_client(authority: &Authority) -> Identity {
    let (certificate, key) = authority.issue("client.example.com");
    Identity::from_pem(certificate, key)
}

/// Whether a call passes. A handshake fails with the connection or with the first call on it.
async fn passes(shop: &Shop, tls: ClientTlsConfig) -> bool {
    let endpoint = Endpoint::from_shared(format!("https://{}", shop.address)).unwrap().tls_config(tls).unwrap();
    soon(async {
        let Ok(channel) = endpoint.connect().await else {
            return false;
        };
        UserServiceClient::new(channel).list_users(ListUsersRequest::default()).await.is_ok()
    })
    .await
}

#[tokio::test]
async fn tls_lets_in_who_trusts_the_authority() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let shop = shop(&authority, None).await;
    assert!(passes(&shop, trusting(&authority)).await);
    assert!(!passes(&shop, trusting(&stranger)).await);
}

#[tokio::test]
async fn mutual_tls_lets_in_who_has_a_certificate_of_the_authority() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let shop = shop(&authority, Some(&authority)).await;
    assert!(passes(&shop, trusting(&authority).identity(as_client(&authority))).await);
    assert!(!passes(&shop, trusting(&authority)).await);
    assert!(!passes(&shop, trusting(&authority).identity(as_client(&stranger))).await);
}

#[tokio::test]
async fn material_that_is_none_stops_the_server_at_once() {
    let tls = Tls { certificate: b"nonsense".to_vec(), key: b"nonsense".to_vec(), client_authority: None };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = Config { tls: Some(tls), ..Config::default() };
    assert!(soon(ecommerce::server::serve(config, listener, std::future::pending())).await.is_err());
}
