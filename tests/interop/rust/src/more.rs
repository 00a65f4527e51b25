//! Batches, transactions, PartiQL.
use crate::{check, item, key, number, orders_of, same, says, text, told, two_digits, Clients, Item, Step, TABLE};
use aws_sdk_dynamodb::operation::execute_statement::ExecuteStatementOutput;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    AttributeValue, BatchStatementErrorCodeEnum, BatchStatementRequest, ConditionCheck, Delete, Get, KeysAndAttributes,
    ParameterizedStatement, Put, PutRequest, ReturnValuesOnConditionCheckFailure, TransactGetItem, TransactWriteItem,
    Update, WriteRequest,
};
use std::collections::HashMap;
use std::time::Duration;

type Writes = HashMap<String, Vec<WriteRequest>>;

fn put_request(customer: &str, order: &str, more: &[(&str, AttributeValue)]) -> Result<WriteRequest, String> {
    let put = PutRequest::builder().set_item(Some(item(customer, order, more))).build().map_err(told)?;
    Ok(WriteRequest::builder().put_request(put).build())
}

async fn unprocessed(clients: &Clients, writes: Writes) -> Result<Writes, String> {
    let request = clients.db.batch_write_item().set_request_items(Some(writes));
    Ok(request.send().await.map_err(told)?.unprocessed_items.unwrap_or_default())
}

pub async fn batch_write_unprocessed(clients: &Clients) -> Step {
    let put = Put::builder().table_name(TABLE).set_item(Some(key("batch", "held"))).build().map_err(told)?;
    let hold = TransactWriteItem::builder().put(put).build();
    let holder = tokio::spawn(clients.db.transact_write_items().transact_items(hold).send());
    clients.until("batch", "held", true).await?;
    let held = put_request("batch", "held", &[("price", number(2))])?;
    let writes = vec![held.clone(), put_request("batch", "free", &[])?];
    let mut left = unprocessed(clients, Writes::from([(TABLE.into(), writes)])).await?;
    same(&left, &Writes::from([(TABLE.into(), vec![held])]))?;
    while !left.is_empty() {
        tokio::time::sleep(Duration::from_millis(50)).await;
        left = unprocessed(clients, left).await?;
    }
    holder.await.map_err(told)?.map_err(told)?;
    let found = clients.get("batch", "held").await?.unwrap_or_default();
    same(found.get("price"), Some(&number(2)))?;
    check(clients.get("batch", "free").await?.is_some(), "free is not there")
}

pub async fn batch_get_unprocessed(clients: &Clients) -> Step {
    let blob = [("blob", text("x".repeat(390_000)))];
    let orders = two_digits(45);
    for chunk in orders.chunks(15) {
        let writes = chunk.iter().map(|order| put_request("big", order, &blob)).collect::<Result<Vec<_>, _>>()?;
        same(unprocessed(clients, Writes::from([(TABLE.into(), writes)])).await?, Writes::new())?;
    }
    let keys = orders.iter().map(|order| key("big", order)).collect();
    let keys = KeysAndAttributes::builder().set_keys(Some(keys)).build().map_err(told)?;
    let mut ask = HashMap::from([(TABLE.to_string(), keys)]);
    let (mut found, mut calls) = (Vec::new(), 0);
    while !ask.is_empty() {
        let answer = clients.db.batch_get_item().set_request_items(Some(ask)).send().await.map_err(told)?;
        let items = answer.responses.and_then(|mut tables| tables.remove(TABLE)).unwrap_or_default();
        found.extend(orders_of(&items));
        ask = answer.unprocessed_keys.unwrap_or_default();
        calls += 1;
    }
    check(calls > 1, "the first answer had everything")?;
    found.sort();
    same(found, orders)
}

pub async fn transaction(clients: &Clients) -> Step {
    let put = Put::builder().table_name(TABLE).set_item(Some(item("tx", "a", &[("price", number(1))])));
    let update = Update::builder()
        .table_name(TABLE)
        .set_key(Some(key("ada", "0001")))
        .update_expression("SET price = price + :one")
        .expression_attribute_values(":one", number(1));
    let there = ConditionCheck::builder()
        .table_name(TABLE)
        .set_key(Some(key("types", "all")))
        .condition_expression("attribute_exists(customer)");
    let delete = Delete::builder().table_name(TABLE).set_key(Some(key("pages", "24")));
    let request = clients
        .db
        .transact_write_items()
        .client_request_token("interop-1")
        .transact_items(TransactWriteItem::builder().put(put.build().map_err(told)?).build())
        .transact_items(TransactWriteItem::builder().update(update.build().map_err(told)?).build())
        .transact_items(TransactWriteItem::builder().condition_check(there.build().map_err(told)?).build())
        .transact_items(TransactWriteItem::builder().delete(delete.build().map_err(told)?).build());
    request.clone().send().await.map_err(told)?;
    request.send().await.map_err(told)?;
    let mut request = clients.db.transact_get_items();
    for place in [key("tx", "a"), key("ada", "0001"), key("pages", "24")] {
        let get = Get::builder().table_name(TABLE).set_key(Some(place)).build().map_err(told)?;
        request = request.transact_items(TransactGetItem::builder().get(get).build());
    }
    let answers = request.send().await.map_err(told)?.responses.unwrap_or_default();
    let prices: Vec<_> = answers.iter().map(|answer| answer.item().map(|item| item["price"].clone())).collect();
    same(prices, vec![Some(number(1)), Some(number(16)), None])
}

pub async fn transaction_canceled(clients: &Clients) -> Step {
    let first = Put::builder()
        .table_name(TABLE)
        .set_item(Some(key("tx", "a")))
        .condition_expression("attribute_not_exists(#order)")
        .expression_attribute_names("#order", "order")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    let second = Put::builder().table_name(TABLE).set_item(Some(key("tx", "c")));
    let error = clients
        .db
        .transact_write_items()
        .transact_items(TransactWriteItem::builder().put(first.build().map_err(told)?).build())
        .transact_items(TransactWriteItem::builder().put(second.build().map_err(told)?).build())
        .send()
        .await
        .err()
        .ok_or("no error")?
        .into_service_error();
    says(
        &error,
        "Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, None]",
    )?;
    let TransactWriteItemsError::TransactionCanceledException(canceled) = error else {
        return Err(told(error));
    };
    let reasons = canceled.cancellation_reasons();
    let codes: Vec<_> = reasons.iter().map(|reason| reason.code().unwrap_or_default()).collect();
    same(codes, vec!["ConditionalCheckFailed", "None"])?;
    same(reasons[0].message(), Some("The conditional request failed"))?;
    same(reasons[0].item(), Some(&item("tx", "a", &[("price", number(1))])))?;
    same(reasons[1].item(), None)?;
    check(clients.get("tx", "c").await?.is_none(), "c is there")
}

const INSERT: &str = r#"INSERT INTO "Orders" VALUE {'customer': ?, 'order': ?, 'price': ?}"#;
const ONE: &str = r#""Orders" WHERE customer=? AND "order"=?"#;

async fn execute(clients: &Clients, statement: &str, parameters: &[AttributeValue]) -> Result<Vec<Item>, String> {
    let request = clients.db.execute_statement().statement(statement).set_parameters(Some(parameters.to_vec()));
    Ok(request.send().await.map_err(told)?.items.unwrap_or_default())
}

pub async fn partiql(clients: &Clients) -> Step {
    let one = [text("ql"), text("1")];
    let insert = clients.db.execute_statement().statement(INSERT);
    let insert = insert.parameters(one[0].clone()).parameters(one[1].clone()).parameters(number(5));
    insert.clone().send().await.map_err(told)?;
    let error = insert.send().await.err().ok_or("no error")?.into_service_error();
    check(error.is_duplicate_item_exception(), &error)?;
    says(&error, "Duplicate primary key exists in table")?;
    let update = r#"UPDATE "Orders" SET price=price+? WHERE customer=? AND "order"=? RETURNING ALL NEW *"#;
    let changed = execute(clients, update, &[number(2), one[0].clone(), one[1].clone()]).await?;
    same(changed, vec![item("ql", "1", &[("price", number(7))])])?;
    let (mut found, mut token) = (Vec::new(), None);
    loop {
        let request = clients.db.execute_statement().statement(r#"SELECT * FROM "Orders" WHERE customer=?"#);
        let request = request.parameters(text("pages")).limit(10).set_next_token(token);
        let page: ExecuteStatementOutput = request.send().await.map_err(told)?;
        found.extend(orders_of(page.items()));
        token = page.next_token;
        if token.is_none() {
            break;
        }
    }
    same(found, two_digits(24))?;
    execute(clients, &format!("DELETE FROM {ONE}"), &one).await?;
    same(execute(clients, &format!("SELECT * FROM {ONE}"), &one).await?, vec![])
}

pub async fn partiql_batch(clients: &Clients) -> Step {
    let parameters = |customer: &str, order: &str| Some(vec![text(customer), text(order), number(1)]);
    let mut request = clients.db.batch_execute_statement();
    for (customer, order) in [("ql", "2"), ("ada", "0001")] {
        let statement = BatchStatementRequest::builder().statement(INSERT).set_parameters(parameters(customer, order));
        request = request.statements(statement.build().map_err(told)?);
    }
    let answers = request.send().await.map_err(told)?.responses.unwrap_or_default();
    check(answers[0].error().is_none(), &answers[0])?;
    let code = answers[1].error().and_then(|error| error.code());
    same(code, Some(&BatchStatementErrorCodeEnum::DuplicateItem))?;
    let mut request = clients.db.execute_transaction();
    for order in ["3", "4"] {
        let statement = ParameterizedStatement::builder().statement(INSERT).set_parameters(parameters("ql", order));
        request = request.transact_statements(statement.build().map_err(told)?);
    }
    request.send().await.map_err(told)?;
    let found = execute(clients, r#"SELECT * FROM "Orders" WHERE customer=?"#, &[text("ql")]).await?;
    same(orders_of(&found), vec!["2".into(), "3".into(), "4".into()])
}
