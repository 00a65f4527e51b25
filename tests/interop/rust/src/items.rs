//! Single items, Query, Scan.
use crate::{
    bytes, check, item, key, number, orders_of, same, says, text, told, two_digits, Clients, Item, Step, TABLE,
};
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::error::ConditionalCheckFailedException;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure, Select};
use std::collections::{HashMap, HashSet};

fn list(values: &[AttributeValue]) -> AttributeValue {
    AttributeValue::L(values.to_vec())
}

fn map(name: &str, value: AttributeValue) -> AttributeValue {
    AttributeValue::M(HashMap::from([(name.to_string(), value)]))
}

pub async fn put_get_types(clients: &Clients) -> Step {
    let deep = map("deep", map("er", list(&[AttributeValue::Null(true)])));
    let mixed = [text("a"), number(1), list(&[AttributeValue::Bool(true)]), AttributeValue::M(HashMap::new())];
    let all = [
        ("text", text("Grüße, 世界 🎉")),
        ("empty", text("")),
        ("number", number("-12345678901234567890.123456789012345678")),
        ("yes", AttributeValue::Bool(true)),
        ("no", AttributeValue::Bool(false)),
        ("nothing", AttributeValue::Null(true)),
        ("bytes", AttributeValue::B(bytes((0..=255).collect::<Vec<u8>>()))),
        ("list", list(&mixed)),
        ("map", deep.clone()),
        ("strings", AttributeValue::Ss(vec!["a".into(), "b".into()])),
        ("numbers", AttributeValue::Ns(vec!["1".into(), "2.5".into()])),
        ("binaries", AttributeValue::Bs(vec![bytes([0]), bytes([255])])),
    ];
    clients.put("types", "all", &all).await?;
    same(clients.get("types", "all").await?, Some(item("types", "all", &all)))?;
    let request = clients.db.get_item().table_name(TABLE).set_key(Some(key("types", "all")));
    let part = request
        .projection_expression("#m.deep.er[0], #l[1]")
        .expression_attribute_names("#m", "map")
        .expression_attribute_names("#l", "list")
        .send()
        .await
        .map_err(told)?;
    let wanted = Item::from([("list".into(), list(&[number(1)])), ("map".into(), deep)]);
    same(part.item, Some(wanted))
}

pub async fn update(clients: &Clients) -> Step {
    let before = [("price", number(10)), ("marks", list(&[text("new")])), ("stamp", text("x"))];
    clients.put("ada", "0001", &before).await?;
    let request = clients.db.update_item().table_name(TABLE).set_key(Some(key("ada", "0001")));
    let changed = request
        .update_expression("SET price = price + :five, marks = list_append(marks, :more) REMOVE stamp ADD visits :one")
        .condition_expression("attribute_exists(#order) AND price = :ten")
        .expression_attribute_names("#order", "order")
        .expression_attribute_values(":five", number(5))
        .expression_attribute_values(":more", list(&[text("paid")]))
        .expression_attribute_values(":one", number(1))
        .expression_attribute_values(":ten", number(10))
        .return_values(ReturnValue::AllNew)
        .send()
        .await
        .map_err(told)?;
    let after = [("price", number(15)), ("marks", list(&[text("new"), text("paid")])), ("visits", number(1))];
    same(changed.attributes, Some(item("ada", "0001", &after)))
}

async fn failing_update(
    clients: &Clients,
    returned: ReturnValuesOnConditionCheckFailure,
) -> Result<ConditionalCheckFailedException, String> {
    let request = clients.db.update_item().table_name(TABLE).set_key(Some(key("ada", "0001")));
    let error = request
        .update_expression("SET price = :ten")
        .condition_expression("price = :ten")
        .expression_attribute_values(":ten", number(10))
        .return_values_on_condition_check_failure(returned)
        .send()
        .await
        .err()
        .ok_or("no error")?
        .into_service_error();
    says(&error, "The conditional request failed")?;
    match error {
        aws_sdk_dynamodb::operation::update_item::UpdateItemError::ConditionalCheckFailedException(failure) => {
            Ok(failure)
        }
        other => Err(told(other)),
    }
}

pub async fn condition_fails(clients: &Clients) -> Step {
    failing_update(clients, ReturnValuesOnConditionCheckFailure::None).await.map(|_| ())
}

pub async fn condition_all_old(clients: &Clients) -> Step {
    let failure = failing_update(clients, ReturnValuesOnConditionCheckFailure::AllOld).await?;
    same(failure.item.and_then(|item| item.get("price").cloned()), Some(number(15)))
}

/// What a paginated query finds: the counts of its pages, the items, how many were scanned.
async fn pages_of(query: QueryFluentBuilder) -> Result<(Vec<i32>, Vec<Item>, i32), String> {
    let (mut counts, mut items, mut scanned) = (Vec::new(), Vec::new(), 0);
    let mut pages = query.into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = page.map_err(told)?;
        if page.count > 0 {
            counts.push(page.count);
        }
        scanned += page.scanned_count;
        items.extend(page.items.unwrap_or_default());
    }
    Ok((counts, items, scanned))
}

pub async fn query_pages(clients: &Clients) -> Step {
    for n in 0..25 {
        let status = if n % 2 == 0 { "open" } else { "done" };
        let placed = format!("2026-11-{:02}", n + 1);
        let more = [("price", number(n)), ("status", text(status)), ("placed", text(placed))];
        clients.put("pages", &format!("{n:02}"), &more).await?;
    }
    let query = clients.db.query().table_name(TABLE).expression_attribute_values(":c", text("pages"));
    let by_customer = query.clone().key_condition_expression("customer = :c").limit(10);
    let (counts, items, _) = pages_of(by_customer.clone()).await?;
    same(counts, vec![10, 10, 5])?;
    same(orders_of(&items), two_digits(25))?;

    let backwards = query
        .key_condition_expression("customer = :c AND #order BETWEEN :from AND :to")
        .expression_attribute_names("#order", "order")
        .expression_attribute_values(":from", text("03"))
        .expression_attribute_values(":to", text("05"))
        .scan_index_forward(false)
        .send()
        .await
        .map_err(told)?;
    same(orders_of(backwards.items()), vec!["05".into(), "04".into(), "03".into()])?;

    let filtered = by_customer.filter_expression("price >= :n").expression_attribute_values(":n", number(20));
    let (_, items, scanned) = pages_of(filtered).await?;
    same((items.len(), scanned), (5, 25))
}

pub async fn query_indexes(clients: &Clients) -> Step {
    let query = clients.db.query().table_name(TABLE);
    let open = query
        .clone()
        .index_name("byStatus")
        .key_condition_expression("#status = :s")
        .expression_attribute_names("#status", "status")
        .expression_attribute_values(":s", text("open"))
        .send()
        .await
        .map_err(told)?;
    let placed: Vec<_> = open.items().iter().filter_map(|item| item["placed"].as_s().ok()).collect();
    check(placed.len() == 13 && placed.is_sorted(), &placed)?;
    let first = [("status", text("open")), ("placed", text("2026-11-01")), ("price", number(0))];
    same(&open.items()[0], &item("pages", "00", &first))?;
    let some = query
        .index_name("byPrice")
        .key_condition_expression("customer = :c AND price BETWEEN :from AND :to")
        .expression_attribute_values(":c", text("pages"))
        .expression_attribute_values(":from", number(5))
        .expression_attribute_values(":to", number(7))
        .send()
        .await
        .map_err(told)?;
    same(orders_of(some.items()), vec!["05".into(), "06".into(), "07".into()])
}

pub async fn parallel_scan(clients: &Clients) -> Step {
    let scan = clients.db.scan().table_name(TABLE);
    let segments: Vec<_> = (0..4)
        .map(|segment| {
            let pages = scan.clone().segment(segment).total_segments(4).into_paginator().items();
            tokio::spawn(pages.send().collect::<Result<Vec<Item>, _>>())
        })
        .collect();
    let mut found = Vec::new();
    for segment in segments {
        for item in segment.await.map_err(told)?.map_err(told)? {
            found.push(format!("{:?}/{:?}", item["customer"], item["order"]));
        }
    }
    same(found.len(), 27)?;
    same(found.iter().collect::<HashSet<_>>().len(), 27)?;
    same(scan.select(Select::Count).send().await.map_err(told)?.count, 27)
}
