package com.example.shop;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;
import java.math.BigDecimal;

@IntegrationEvent
public record OrderPlaced(@Key String customer, long order, BigDecimal amount) {}
