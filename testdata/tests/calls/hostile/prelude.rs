//! Messages, packages and fields named like what Rust's prelude, prost and the runtime bring.

use prost::Message;
use transom::{Request, Response, Status};
use transom_testdata::accessor_names::accessors::{Getters, Kind};
use transom_testdata::prelude_messages::prelude;
use transom_testdata::prelude_packages::{core, outer, prost as package, std as standard, transom as runtime};

struct Service;

impl prelude::greeter_server::Greeter for Service {
    async fn unary(&self, _: Request<prelude::Request>) -> Result<Response<prelude::Response>, Status> {
        Ok(Response::new(prelude::Response {}))
    }

    async fn server_streaming(
        &self,
        request: Request<prelude::Option>,
    ) -> Result<Response<transom::BoxStream<prelude::Result>>, Status> {
        let string = request.into_inner().value.unwrap_or_default();
        let ok = prelude::result::Result::Ok(prelude::Ok { string });
        let answers = [Ok(prelude::Result { result: Some(ok) })];
        Ok(Response::new(Box::pin(tokio_stream::iter(answers))))
    }
}
impl outer::outers_server::Outers for Service {
    async fn get(&self, request: Request<core::Item>) -> Result<Response<standard::Item>, Status> {
        Ok(Response::new(standard::Item { name: request.into_inner().name, ..standard::Item::default() }))
    }
}

#[tokio::test]
async fn messages_may_be_named_like_the_prelude() {
    let server = prelude::greeter_server::GreeterServer::new(Service);
    let mut client = prelude::greeter_client::GreeterClient::new(server);
    assert!(client.unary(prelude::Request {}).await.is_ok());
    let option = prelude::Option { value: Some("v".into()), ..prelude::Option::default() };
    let mut answers = client.server_streaming(option).await.unwrap().into_inner();
    let ok = prelude::result::Result::Ok(prelude::Ok { string: "v".into() });
    assert_eq!(answers.message().await.unwrap(), Some(prelude::Result { result: Some(ok) }));
}

#[test]
fn messages_named_like_the_prelude_keep_their_values() {
    fn round_trip<M: Message + Default + PartialEq + std::fmt::Debug>(message: &M) {
        let bytes = message.encode_to_vec();
        assert!(!bytes.is_empty());
        assert_eq!(&M::decode(bytes.as_slice()).unwrap(), message);
    }

    round_trip(&prelude::Option {
        option: Some(Box::default()),
        value: Some("v".into()),
        options: vec![prelude::Option::default()],
    });
    round_trip(&prelude::Vec { vec: vec![prelude::Vec::default()], bytes: vec![1] });
    round_trip(&prelude::String { string: "s".into(), nested: Some(Box::default()) });
    round_trip(&prelude::Box { r#box: Some(Box::default()) });
    round_trip(&prelude::Default { default: Some(Box::default()), number: 0.5 });
    round_trip(&prelude::Clone { kind: prelude::Kind::None.into() });
    round_trip(&prelude::Some { some: Some(1) });
    round_trip(&prelude::HashMap { hash_map: [("k".into(), prelude::HashMap::default())].into() });
    round_trip(&prelude::From {
        into: Some(prelude::from::Into { string: Some(prelude::String::default()) }),
        try_from: prelude::from::TryFrom::Ok.into(),
        option: Some(prelude::from::Option::None(prelude::None {})),
    });
    let bare = prelude::variants::Bare::None;
    let variants = prelude::Variants {
        bare: bare.into(),
        maybe: Some(bare.into()),
        many: vec![bare.into()],
        map: [("k".into(), bare.into())].into(),
    };
    round_trip(&variants);
    assert_eq!(variants.maybe(), bare);
    assert_eq!(prelude::FromStr::from_str_name("FROM_STR_None"), Some(prelude::FromStr::None));
}

#[tokio::test]
async fn packages_may_be_named_like_crates() {
    let server = outer::outers_server::OutersServer::new(Service);
    let mut client = outer::outers_client::OutersClient::new(server);
    let item = core::Item { name: Some("n".into()), ..core::Item::default() };
    assert_eq!(client.get(item.clone()).await.unwrap().into_inner().name, item.name);
    let outer = outer::Outer {
        core: Some(item),
        std: Some(standard::Item { kinds: vec![standard::Kind::Known.into()], ..standard::Item::default() }),
        prost: Some(package::Item { choice: Some(package::item::Choice::Text("t".into())), ..Default::default() }),
        transom: Some(runtime::Item { at: Some(prost_types::Timestamp::default()), ..Default::default() }),
    };
    assert_eq!(outer::Outer::decode(outer.encode_to_vec().as_slice()).unwrap(), outer);
}

#[test]
fn getters_may_be_named_like_the_methods_of_a_message() {
    let message = Getters {
        clear: Some(1),
        encoded_len: Some(2),
        clone: Some(3),
        eq: Some(4),
        default: Some(5),
        r#type: Some(Kind::Two.into()),
        self_: Some(Kind::Two.into()),
        ..Default::default()
    };
    assert_eq!(
        (message.clear(), message.encoded_len(), message.clone(), message.eq(), message.default()),
        (1, 2, 3, 4, 5)
    );
    assert_eq!((message.r#type(), message.self_()), (Kind::Two, Kind::Two));
    let bytes = Message::encode_to_vec(&message);
    assert_eq!(<Getters as Message>::decode(bytes.as_slice()).unwrap(), message);
    assert_eq!(Clone::clone(&message), message);
}
