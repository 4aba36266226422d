//! Shapes that strain a generator: recursion, depth, length, and everything deprecated.

use prost::Message;
use transom::{Request, Response, Status};
use transom_testdata::deep_nesting::deep;
use transom_testdata::deprecated::deprecated as old;
use transom_testdata::long_names::long;
use transom_testdata::recursion::recursion::{Expression, Leaf, Tree, evaluator_client, evaluator_server, expression};

struct Service;

impl Service {
    fn evaluate(expression: &Expression) -> f64 {
        match &expression.kind {
            None => 0.0,
            Some(expression::Kind::Number(number)) => *number,
            Some(expression::Kind::Negate(inner)) => -Self::evaluate(inner),
            Some(expression::Kind::Binary(binary)) => {
                let side = |side: &Option<Box<Expression>>| side.as_deref().map_or(0.0, Self::evaluate);
                side(&binary.left) + side(&binary.right)
            }
        }
    }
}

impl evaluator_server::Evaluator for Service {
    async fn evaluate(&self, request: Request<Expression>) -> Result<Response<Leaf>, Status> {
        let value = Self::evaluate(request.get_ref());
        Ok(Response::new(Leaf { value: value as i32 }))
    }
}

fn number(number: f64) -> Expression {
    Expression { kind: Some(expression::Kind::Number(number)) }
}

#[tokio::test]
async fn recursive_messages_are_sent() {
    let binary = expression::Binary {
        left: Some(Box::new(number(3.0))),
        right: Some(Box::new(Expression { kind: Some(expression::Kind::Negate(Box::new(number(1.0)))) })),
        operator: "+".into(),
    };
    let sum = Expression { kind: Some(expression::Kind::Binary(Box::new(binary))) };
    let mut client = evaluator_client::EvaluatorClient::new(evaluator_server::EvaluatorServer::new(Service));
    assert_eq!(client.evaluate(sum).await.unwrap().into_inner(), Leaf { value: 2 });
}

#[tokio::test]
async fn a_message_deeper_than_the_limit_is_an_error_and_no_overflow() {
    let mut deep = number(1.0);
    for _ in 0..150 {
        deep = Expression { kind: Some(expression::Kind::Negate(Box::new(deep))) };
    }
    let mut client = evaluator_client::EvaluatorClient::new(evaluator_server::EvaluatorServer::new(Service));
    assert!(client.evaluate(deep).await.is_err());
}

#[test]
fn lists_and_maps_of_the_message_itself_need_no_box() {
    let leaf = Tree { name: "leaf".into(), ..Tree::default() };
    let tree = Tree { name: "root".into(), children: vec![leaf.clone()], named: [("k".into(), leaf)].into() };
    assert_eq!(Tree::decode(tree.encode_to_vec().as_slice()).unwrap(), tree);
}

#[test]
fn deeply_nested_messages_are_reached_by_their_path() {
    use deep::l0::l1::l2::l3;

    let third = deep::l0::l1::l2::L3 { parent: Some(l3::Parent::Name("n".into())), ..Default::default() };
    let second = deep::l0::l1::L2 { next: Some(Box::new(third)), ..Default::default() };
    let first = deep::l0::L1 { next: Some(Box::new(second)), ..Default::default() };
    let top = deep::L0 { next: Some(Box::new(first)), ..Default::default() };
    assert_eq!(deep::L0::decode(top.encode_to_vec().as_slice()).unwrap(), top);
    assert_eq!(deep::Shortcut::default().leaf, 0);
}

#[test]
fn long_names_reach_the_wire() {
    let segments = "segment_".repeat(20) + "end";
    assert!(long_path().starts_with(&format!("long.{segments}.Service")), "{}", long_path());
    assert!(long_path().len() > 300);
}

/// The full name of the only service of the case.
fn long_path() -> &'static str {
    use long::segment_segment_segment_segment_segment_segment_segment_segment_segment_segment_segment_segment_segment_segment_segment_segment_segment_segment_segment_segment_end as package;
    use package::service_a_very_long_name_that_goes_on_a_very_long_name_that_goes_on_a_very_long_name_that_goes_on_a_very_long_name_that_goes_on_a_very_long_name_that_goes_on_a_very_long_name_that_goes_on_a_very_long_name_that_goes_on_end_server as server;
    <server::ServiceAVeryLongNameThatGoesOnAVeryLongNameThatGoesOnAVeryLongNameThatGoesOnAVeryLongNameThatGoesOnAVeryLongNameThatGoesOnAVeryLongNameThatGoesOnAVeryLongNameThatGoesOnEndMethods as transom::server::ServiceName>::NAME
}

#[test]
fn what_is_deprecated_can_be_used_by_who_allows_it() {
    #[expect(deprecated, reason = "the case is about it, and the attribute must be there")]
    let fresh = old::Fresh { old: Some(old::Old { name: "n".into(), ..Default::default() }), ..Default::default() };
    assert_eq!(old::Fresh::decode(fresh.encode_to_vec().as_slice()).unwrap(), fresh);
}
